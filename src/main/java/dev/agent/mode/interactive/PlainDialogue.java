package dev.agent.mode.interactive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.tool.ToolCall;
import dev.agent.tools.plan.AskUserQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One question asked in lines and answered by numbers. Owned by one thread.
 *
 * <p>{@code 2} chooses, {@code 1 some words} adds a note where the answer takes one, {@code 0}
 * cancels.
 */
final class PlainDialogue {
  private static final int MAX_OPTIONS = 30;

  private final Question question;
  private final List<Options> options;
  private final List<List<String>> answers = new ArrayList<>();
  private Optional<Options> awaitsNote = Optional.empty();

  PlainDialogue(Question question) {
    this.question = question;
    List<Options> all = Options.of(question);
    this.options = all.subList(0, Math.min(MAX_OPTIONS, all.size()));
  }

  Question question() {
    return question;
  }

  /** What a line came to. */
  sealed interface Step {
    /** It answers the question. */
    record Answered(Reply reply) implements Step {}

    /** More has to be asked. */
    record GoOn(List<String> lines) implements Step {}

    /** It is no answer. */
    record Unfit(String hint) implements Step {}
  }

  /** The question in lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    switch (question) {
      case Question.Permission permission -> permission(permission, lines);
      case Question.Choice _ -> lines.addAll(choice());
      case Question.Plan(_, String plan) -> {
        lines.add("question: The agent presents this plan.");
        PlainText.clean(plan).lines().forEach(line -> lines.add("  " + line));
        lines.add("Carry it out?");
      }
      case Question.Circle(_, String tool) ->
          lines.add(
              "question: The same "
                  + PlainText.exact(tool)
                  + " call brought the same result several times in a row. Go on?");
      case Question.Trust(_, var directory, var wanted) -> {
        lines.add(
            "question: Files of " + PlainText.exact(directory.toString()) + " want to do this:");
        wanted.forEach(
            it -> lines.add("  " + PlainText.exact(it.shown() + " (" + it.file() + ")")));
        lines.add("They could run programs or change what is asked about. Trust them?");
      }
      case Question.Pick _ -> lines.add("question: Which session goes on?");
    }
    if (!(question instanceof Question.Choice)) {
      for (int i = 0; i < options.size(); i++) {
        lines.add((i + 1) + ". " + PlainText.exact(options.get(i).label()));
      }
      lines.add(hint());
    }
    return lines;
  }

  private String hint() {
    boolean notes = options.stream().anyMatch(Options::takesNote);
    return "Type a number" + (notes ? ", and words behind it if you like" : "") + "; 0 cancels.";
  }

  private static void permission(Question.Permission permission, List<String> lines) {
    ToolCall call = permission.request().call();
    boolean isCommand = permission.request().isCommand();
    lines.add(
        "question: Allow this "
            + PlainText.exact(call.name())
            + " call"
            + (isCommand && call.input().path("run_in_background").asBoolean()
                ? " in the background"
                : "")
            + (isCommand && call.input().path("dangerouslyDisableSandbox").asBoolean()
                ? " outside of the sandbox"
                : "")
            + "?");
    Optional<String> subject = PlainWriter.subjectMember(call);
    subject.ifPresent(member -> exact("", call.input().path(member).asText(), lines));
    if (isCommand) {
      String purpose = call.input().path("description").asText("");
      if (!purpose.isBlank()) {
        lines.add("  purpose: " + PlainText.brief(purpose));
      }
    } else if (permission.preview().isPresent()) {
      PlainText.of(permission.preview().get(), false).forEach(line -> lines.add("  " + line));
    } else {
      call.input().properties().stream()
          .filter(member -> !subject.equals(Optional.of(member.getKey())))
          .forEach(member -> exact(member.getKey() + ": ", told(member.getValue()), lines));
    }
    lines.add("  asked because: " + PlainText.exact(permission.ask().why().text()));
  }

  private static String told(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }

  /** Each line of what is decided about, with every character of it in sight. */
  private static void exact(String label, String text, List<String> lines) {
    String front = label;
    for (String line : text.stripTrailing().split("\n", -1)) {
      lines.add("  " + PlainText.exact(front + line));
      front = "";
    }
  }

  private List<String> choice() {
    List<String> lines = new ArrayList<>();
    AskUserQuestion.Question asked = next();
    lines.add("question: " + PlainText.clean(asked.question()));
    List<AskUserQuestion.Option> choices = asked.options();
    for (int i = 0; i < choices.size(); i++) {
      AskUserQuestion.Option choice = choices.get(i);
      lines.add(
          (i + 1)
              + ". "
              + PlainText.exact(choice.label())
              + choice
                  .description()
                  .map(it -> ": " + PlainText.clean(it).replace('\n', ' '))
                  .orElse(""));
    }
    lines.add(
        asked.multiSelect().orElse(false)
            ? "Type numbers with commas between, or words of your own; 0 cancels."
            : "Type a number, or words of your own; 0 cancels.");
    return lines;
  }

  private AskUserQuestion.Question next() {
    return ((Question.Choice) question).questions().get(answers.size());
  }

  /** Takes a line. */
  Step take(String line) {
    String text = line.strip();
    if (awaitsNote.isPresent()) {
      return new Step.Answered(noted(awaitsNote.get().reply(), text));
    }
    if (text.equals("0")) {
      return new Step.Answered(new Reply.Cancel());
    }
    return question instanceof Question.Choice choice ? chosen(choice, text) : numbered(text);
  }

  private Step numbered(String text) {
    String[] parts = text.split("[\\s.:,]+", 2);
    Optional<Integer> number = number(parts[0], options.size());
    if (number.isEmpty()) {
      return new Step.Unfit("Answer with a number from 1 to " + options.size() + ", or 0.");
    }
    Options option = options.get(number.get() - 1);
    String note = parts.length > 1 ? parts[1].strip() : "";
    if (!note.isEmpty() && !option.takesNote()) {
      return new Step.Unfit("Answer with the number alone.");
    }
    if (option.takesNote() && note.isEmpty() && option.reply() instanceof Reply.Deny) {
      awaitsNote = Optional.of(option);
      return new Step.GoOn(List.of("What shall be done instead? An empty line says nothing."));
    }
    return new Step.Answered(noted(option.reply(), note));
  }

  private static Reply noted(Reply reply, String note) {
    return switch (reply) {
      case Reply.Allow(Reply.Scope scope, _) -> new Reply.Allow(scope, note);
      case Reply.Deny _ -> new Reply.Deny(note);
      case Reply.Yes _ -> new Reply.Yes(note);
      case Reply.No _ -> new Reply.No(note);
      default -> reply;
    };
  }

  private static Optional<Integer> number(String text, int most) {
    try {
      int number = Integer.parseInt(text);
      return number >= 1 && number <= most ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Step chosen(Question.Choice choice, String text) {
    if (text.isEmpty()) {
      return new Step.Unfit("Answer with a number, or words of your own.");
    }
    AskUserQuestion.Question asked = next();
    List<String> labels = new ArrayList<>();
    for (String part : text.split("[\\s,]+", -1)) {
      Optional<Integer> number = number(part, asked.options().size());
      number.ifPresent(it -> labels.add(asked.options().get(it - 1).label()));
      if (number.isEmpty()) {
        labels.clear();
        break;
      }
    }
    if (labels.size() > 1 && !asked.multiSelect().orElse(false)) {
      return new Step.Unfit("Answer with one number.");
    }
    answers.add(labels.isEmpty() ? List.of(text) : labels);
    return answers.size() == choice.questions().size()
        ? new Step.Answered(new Reply.Chosen(answers))
        : new Step.GoOn(choice());
  }
}
