package dev.agent.mode.interactive;

import dev.agent.permission.Mode;
import dev.agent.session.SessionInfo;
import dev.agent.tool.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a question can be answered with, in the order in which it is offered.
 *
 * @param label for people, without a number
 * @param reply the answer; where {@code takesNote}, without a note
 * @param takesNote whether words of the person's own belong to it
 */
public record Options(String label, Reply reply, boolean takesNote) {

  /** The options of a question; none for a choice, whose own questions have them. */
  public static List<Options> of(Question question) {
    return switch (question) {
      case Question.Permission permission -> permission(permission);
      case Question.Choice _ -> List.of();
      case Question.Plan _ ->
          List.of(
              new Options("Yes, and accept edits", new Reply.Approve(Mode.ACCEPT_EDITS), false),
              new Options("Yes, and ask before each edit", new Reply.Approve(Mode.DEFAULT), false),
              new Options("No, keep planning", new Reply.Deny(""), true));
      case Question.Circle _ ->
          List.of(
              new Options("Stop", new Reply.No(), true),
              new Options("Go on", new Reply.Yes(), true));
      case Question.Trust _ ->
          List.of(
              new Options("No, work without them", new Reply.No(), false),
              new Options("Yes, I trust this directory", new Reply.Yes(), false));
      case Question.Pick(long _, List<SessionInfo> sessions) ->
          sessions.stream()
              .map(session -> new Options(title(session), new Reply.Picked(session), false))
              .toList();
    };
  }

  private static String title(SessionInfo session) {
    return (session.title().isEmpty() ? "(no prompt)" : session.title())
        + " · "
        + session.modified().toString().substring(0, 16).replace('T', ' ')
        + " · "
        + session.id().substring(0, Math.min(8, session.id().length()));
  }

  private static List<Options> permission(Question.Permission question) {
    List<Options> options = new ArrayList<>();
    options.add(new Options("Yes", new Reply.Allow(Reply.Scope.ONCE, ""), true));
    if (question.acceptsEdits()) {
      options.add(
          new Options(
              "Yes, and all edits in this session",
              new Reply.Allow(Reply.Scope.ALL_EDITS, ""),
              false));
    }
    List<String> offers = question.ask().offers();
    if (!offers.isEmpty() && question.request().effect().kind() != Effect.Kind.WRITES) {
      options.add(
          new Options(
              "Yes, and do not ask again for " + what(offers) + " in this project",
              new Reply.Allow(Reply.Scope.PROJECT, ""),
              false));
    }
    options.add(new Options("No, and say what to do instead", new Reply.Deny(""), true));
    return options;
  }

  /** Rules as commands where they are such: {@code Bash(mkdir *)} is {@code `mkdir *`}. */
  private static String what(List<String> offers) {
    return String.join(
        ", ",
        offers.stream()
            .map(
                offer ->
                    Optional.of(offer)
                        .filter(it -> it.startsWith("Bash(") && it.endsWith(")"))
                        .map(it -> "`" + it.substring(5, it.length() - 1) + "`")
                        .orElse(offer))
            .toList());
  }
}
