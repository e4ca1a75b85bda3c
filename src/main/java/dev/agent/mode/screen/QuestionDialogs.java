package dev.agent.mode.screen;

import dev.agent.mode.interactive.Question;
import dev.agent.mode.interactive.Reply;
import dev.agent.permission.Asker;
import dev.agent.permission.Mode;
import dev.agent.session.SessionInfo;
import dev.agent.tool.Display;
import dev.agent.tui.dialog.Body;
import dev.agent.tui.dialog.Dialog;
import dev.agent.tui.dialog.DoomLoopAnswer;
import dev.agent.tui.dialog.DoomLoopDialog;
import dev.agent.tui.dialog.PermissionAnswer;
import dev.agent.tui.dialog.PermissionDialog;
import dev.agent.tui.dialog.PermissionQuestion;
import dev.agent.tui.dialog.Pick;
import dev.agent.tui.dialog.PickLists;
import dev.agent.tui.dialog.PlanAnswer;
import dev.agent.tui.dialog.PlanDialog;
import dev.agent.tui.dialog.QuestionAnswer;
import dev.agent.tui.dialog.QuestionDialog;
import dev.agent.tui.dialog.TrustDialog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The dialog of each question that waits for the person, and what its answer means. */
final class QuestionDialogs {
  private final BiConsumer<Question, Reply> answer;
  private final Runnable exit;
  private final Function<Display.Diff, Body> diffs;
  private final Function<String, Body> markdown;
  private final Function<SessionInfo, Body> previews;

  /**
   * @param answer passes an answer on
   * @param exit leaves the program
   * @param previews the end of a session; must not block
   */
  QuestionDialogs(
      BiConsumer<Question, Reply> answer,
      Runnable exit,
      Function<Display.Diff, Body> diffs,
      Function<String, Body> markdown,
      Function<SessionInfo, Body> previews) {
    this.answer = answer;
    this.exit = exit;
    this.diffs = diffs;
    this.markdown = markdown;
    this.previews = previews;
  }

  /**
   * @param position which of the waiting questions it is, from 1
   * @param pending how many wait
   */
  Dialog<Runnable> of(Question question, int position, int pending, Path cwd, Instant now) {
    return switch (question) {
      case Question.Permission asked -> permission(asked, position, pending);
      case Question.Choice asked ->
          new ActionDialog<>(
              new QuestionDialog(asked.questions()), answer -> reply(asked, of(answer)));
      case Question.Plan asked ->
          new ActionDialog<>(
              new PlanDialog(asked.plan(), markdown), answer -> reply(asked, of(answer)));
      case Question.Circle asked ->
          new ActionDialog<>(
              new DoomLoopDialog(asked.toolName(), 3), answer -> reply(asked, of(answer)));
      case Question.Trust asked ->
          new ActionDialog<>(
              new TrustDialog(asked.directory(), asked.wanted(), false),
              answer ->
                  switch (answer) {
                    case TRUST -> reply(asked, new Reply.Yes());
                    case UNTRUSTED -> reply(asked, new Reply.No());
                    case EXIT -> exit;
                  });
      case Question.Pick asked ->
          new ActionDialog<>(
              PickLists.sessions(asked.sessions(), cwd, now, previews),
              pick ->
                  switch (pick) {
                    case Pick.Chosen<SessionInfo>(var session) ->
                        reply(asked, new Reply.Picked(session));
                    case Pick.Looked<SessionInfo> _ -> () -> {};
                    case Pick.Left<SessionInfo> _ -> reply(asked, new Reply.Cancel());
                  });
    };
  }

  private Runnable reply(Question question, Reply reply) {
    return () -> answer.accept(question, reply);
  }

  private Dialog<Runnable> permission(Question.Permission asked, int position, int pending) {
    PermissionQuestion shown =
        new PermissionQuestion(
            asked.request(),
            asked.ask(),
            asked.trail(),
            input ->
                asked
                    .change()
                    .apply(input)
                    .filter(Display.Diff.class::isInstance)
                    .map(Display.Diff.class::cast),
            true,
            asked.acceptsEdits(),
            PermissionQuestion.Lasting.PROJECT,
            position,
            pending);
    return new ActionDialog<>(
        new PermissionDialog(shown, diffs), answer -> reply(asked, of(answer)));
  }

  private static Reply of(PermissionAnswer answer) {
    return switch (answer.answer()) {
      case Asker.Answer.AllowOnce() ->
          new Reply.Allow(
              answer.acceptEdits() ? Reply.Scope.ALL_EDITS : Reply.Scope.ONCE, answer.note());
      case Asker.Answer.AllowAlways _ -> new Reply.Allow(Reply.Scope.PROJECT, answer.note());
      case Asker.Answer.AllowChanged(var input) -> new Reply.AllowChanged(input, answer.note());
      case Asker.Answer.Futile _ -> new Reply.Deny(answer.note()); // no dialog gives it
      case Asker.Answer.Deny(_, boolean endTurn) ->
          endTurn ? new Reply.Cancel() : new Reply.Deny(answer.note());
    };
  }

  private static Reply of(PlanAnswer answer) {
    return switch (answer) {
      case PlanAnswer.Approved(String plan, boolean changed, boolean acceptEdits, String note) ->
          new Reply.Approve(
              acceptEdits ? Mode.ACCEPT_EDITS : Mode.DEFAULT,
              changed ? Optional.of(plan) : Optional.empty(),
              note);
      case PlanAnswer.KeepPlanning(String feedback) ->
          feedback.isEmpty() ? new Reply.Cancel() : new Reply.Deny(feedback);
    };
  }

  private static Reply of(QuestionAnswer answer) {
    return switch (answer) {
      case QuestionAnswer.Declined() -> new Reply.Cancel();
      case QuestionAnswer.Replied(List<QuestionAnswer.Reply> replies) ->
          new Reply.Chosen(replies.stream().map(QuestionAnswer.Reply::all).toList());
    };
  }

  private static Reply of(DoomLoopAnswer answer) {
    return switch (answer) {
      case DoomLoopAnswer.GoOn(String note) -> new Reply.Yes(note);
      case DoomLoopAnswer.Stop(String message) -> new Reply.No(message);
    };
  }
}
