package dev.agent.mode.interactive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.loop.AgentEvent;
import dev.agent.mode.Interaction;
import dev.agent.permission.Asker;
import dev.agent.permission.Decision;
import dev.agent.permission.Mode;
import dev.agent.permission.PermissionRequest;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import dev.agent.tools.plan.AskUserQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The person as the session sees them: puts what it wants to know into the questions and waits for
 * the reply. Called by the threads of tools.
 */
final class Person {
  private final Controller controller;
  private final Questions questions;

  Person(Controller controller, Questions questions) {
    this.controller = controller;
    this.questions = questions;
  }

  /** For the parts of a session. */
  Interaction interaction() {
    return new Interaction(
        true,
        this::permission,
        Optional.of(this::choice),
        Optional.of(this::plan),
        controller::steering,
        this::circle);
  }

  private Asker.Answer permission(
      PermissionRequest request, Decision.Ask ask, Cancellation cancellation)
      throws InterruptedException {
    Optional<OpenSession> open = controller.session();
    if (open.isEmpty()) {
      return Asker.NOBODY.ask(request, ask, cancellation);
    }
    OpenSession session = open.get();
    // A rule or mode that was chosen for another question may have settled this one meanwhile.
    if (isAllowedNow(session, request)) {
      return new Asker.Answer.AllowOnce();
    }
    Optional<String> failure = session.sureFailure(request.call());
    if (failure.isPresent()) {
      return new Asker.Answer.Futile(failure.get());
    }
    boolean edits =
        session.mode().allows(Mode.ACCEPT_EDITS)
            && request.mode() != Mode.ACCEPT_EDITS
            && !request.isCommand()
            && isAllowed(session, in(Mode.ACCEPT_EDITS, request));
    ToolCall call = request.call();
    Reply reply =
        questions.ask(
            id ->
                new Question.Permission(
                    id,
                    request,
                    ask,
                    session.trail(request),
                    input -> session.preview(new ToolCall(call.id(), call.name(), input)),
                    edits),
            cancellation);
    return switch (reply) {
      case Reply.Allow(Reply.Scope scope, String note) -> {
        note(note);
        allow(session, scope, request, ask);
        yield new Asker.Answer.AllowOnce();
      }
      case Reply.AllowChanged(ObjectNode input, String note) -> {
        note(note);
        yield new Asker.Answer.AllowChanged(input);
      }
      case Reply.Deny(String note) ->
          new Asker.Answer.Deny(
              note.isBlank() ? "the user said no" : "the user said no: " + note.strip(), false);
      case Reply.Cancel() -> {
        controller.interrupt(); // the answer that asks may still be streaming
        yield new Asker.Answer.Deny("the user said no and stopped the work here", true);
      }
      case Reply.Chosen _, Reply.Approve _, Reply.Yes _, Reply.No _, Reply.Picked _ ->
          new Asker.Answer.Deny("the answer could not be understood", false);
    };
  }

  /** Words that go with an answer: the model reads them with the results. */
  private void note(String note) {
    if (!note.isBlank()) {
      controller.submit(UserInput.of(note), Queued.Priority.NEXT);
    }
  }

  private void allow(
      OpenSession session, Reply.Scope scope, PermissionRequest request, Decision.Ask ask) {
    switch (scope) {
      case ONCE -> {}
      case SESSION -> session.grant(ask.offers(), request.cwd());
      case PROJECT -> {
        session.grant(ask.offers(), request.cwd());
        try {
          controller.tell(AgentEvent.Level.INFO, session.keep("permissions.allow", ask.offers()));
        } catch (UserError e) {
          controller.tell(
              AgentEvent.Level.WARNING,
              e.getMessage() + " The rule counts until the session ends.");
        }
      }
      case ALL_EDITS -> controller.setMode(Mode.ACCEPT_EDITS);
    }
    if (scope != Reply.Scope.ONCE) {
      recheck();
    }
  }

  /** Lets go of questions that rules and mode answer by now. */
  void recheck() {
    controller
        .session()
        .ifPresent(
            session ->
                questions.settle(
                    question ->
                        question instanceof Question.Permission permission
                                && isAllowedNow(session, permission.request())
                            ? Optional.of(new Reply.Allow(Reply.Scope.ONCE, ""))
                            : Optional.empty()));
  }

  private static boolean isAllowedNow(OpenSession session, PermissionRequest request) {
    Mode now = session.mode().get();
    // In auto mode a model was asked about it already: once is enough.
    return now != Mode.AUTO && isAllowed(session, in(now, request));
  }

  private static boolean isAllowed(OpenSession session, PermissionRequest request) {
    return session.decide(request) instanceof Decision.Allow;
  }

  private static PermissionRequest in(Mode mode, PermissionRequest request) {
    return new PermissionRequest(
        request.call(), request.effect(), mode, request.cwd(), request.hook());
  }

  private String choice(List<AskUserQuestion.Question> asked, Cancellation cancellation)
      throws InterruptedException, ToolException {
    Reply reply = questions.ask(id -> new Question.Choice(id, asked), cancellation);
    if (!(reply instanceof Reply.Chosen(List<List<String>> answers))) {
      controller.interrupt();
      throw new ToolException("The user did not want to answer and stopped the work here.");
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      List<String> chosen = i < answers.size() ? answers.get(i) : List.of();
      lines.add(
          "\""
              + asked.get(i).question()
              + "\": "
              + (chosen.isEmpty() ? "(no answer)" : String.join(", ", chosen)));
    }
    return "The user answered:\n" + String.join("\n", lines);
  }

  private ToolResult plan(String plan, Cancellation cancellation) throws InterruptedException {
    boolean planning = controller.session().map(it -> it.mode().get() == Mode.PLAN).orElse(false);
    if (!planning) {
      return ToolResult.text("Plan mode is not on, so nothing has to be approved: go on.");
    }
    return switch (questions.ask(id -> new Question.Plan(id, plan), cancellation)) {
      case Reply.Approve(Mode mode, Optional<String> changed, String note) -> {
        controller.leavePlan(mode);
        yield ToolResult.text(
            "The user approved the plan. Plan mode is off now"
                + (mode == Mode.ACCEPT_EDITS ? " and edits are accepted" : "")
                + (note.isBlank() ? "" : ". The user adds: " + note.strip())
                + changed
                    .map(it -> ". The user changed the plan; carry this one out:\n\n" + it)
                    .orElse(": carry the plan out."));
      }
      case Reply.Deny(String note) ->
          ToolResult.error(
              "The user wants the plan to be changed first"
                  + (note.isBlank() ? ". Ask what is wrong with it." : ": " + note.strip()));
      case Reply.Cancel _,
          Reply.Allow _,
          Reply.AllowChanged _,
          Reply.Chosen _,
          Reply.Yes _,
          Reply.No _,
          Reply.Picked _ -> {
        controller.interrupt();
        yield ToolResult.error("The user did not approve the plan and stopped the work here.");
      }
    };
  }

  private boolean circle(String toolName) {
    try {
      return switch (questions.ask(id -> new Question.Circle(id, toolName), controller.turn())) {
        case Reply.Yes(String note) -> {
          note(note);
          yield true;
        }
        case Reply.No(String note) -> {
          note(note); // the turn ends, so that it is the next prompt
          yield false;
        }
        default -> false;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
