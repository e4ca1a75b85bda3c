package dev.agent.mode.interactive;

import dev.agent.context.AttachedFile;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.message.Role;
import dev.agent.mode.OutcomeText;
import dev.agent.tool.Display;
import dev.agent.tool.ToolCall;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What happens, as labelled lines that are only ever added to. Owned by one thread; takes events in
 * their order and gives lines without line ends.
 */
final class PlainWriter {
  private static final int REPLAYED_MESSAGES = 12;
  private static final List<String> SUBJECTS =
      List.of("command", "file_path", "notebook_path", "pattern", "url", "query", "description");

  /** A line that does not end is told by sentences once it is so long. */
  private static final int LONG_LINE = 240;

  private final Consumer<String> lines;
  private final StringBuilder open = new StringBuilder();
  private final StringBuilder shell = new StringBuilder();
  private PlainMarkdown markdown = new PlainMarkdown();
  private boolean speaking;

  PlainWriter(Consumer<String> lines) {
    this.lines = lines;
  }

  private void line(String text) {
    lines.accept(text);
  }

  private void labelled(String label, List<String> text) {
    for (int i = 0; i < text.size(); i++) {
      line(i == 0 ? label + " " + text.get(i) : "  " + text.get(i));
    }
  }

  /** Tells what happened. */
  void accept(InteractiveEvent event) {
    switch (event) {
      case InteractiveEvent.Agent(AgentEvent inner) -> agent(inner);
      case InteractiveEvent.SessionOpened(OpenSession session, InteractiveEvent.Why why) ->
          opened(session, why);
      case InteractiveEvent.TurnStarted(List<UserInput> inputs) -> {
        speaking = false;
        inputs.forEach(this::said);
        line("working…");
      }
      case InteractiveEvent.Steered(List<UserInput> inputs) -> {
        inputs.forEach(this::said);
        line("note: the agent reads this with the results of its tools.");
      }
      case InteractiveEvent.TurnEnded(TurnSummary summary) -> ended(summary);
      case InteractiveEvent.ModeChanged(var mode) -> line("mode: " + mode.wire());
      case InteractiveEvent.ModelChanged(var model, var effort) ->
          line("model: " + model.id() + effort.map(it -> ", effort " + it).orElse(""));
      case InteractiveEvent.Renamed(String title) ->
          line("session name: " + PlainText.clean(title));
      case InteractiveEvent.Remembered(_, Path file) ->
          line("note: added to " + PlainText.clean(file.toString()) + ".");
      case InteractiveEvent.ShellStarted(String command, boolean isPrivate) -> {
        shell.setLength(0);
        line(
            (isPrivate ? "you run, the agent is not told: " : "you run: ")
                + PlainText.clean(command));
      }
      case InteractiveEvent.ShellOutput(String text) -> shellOutput(text);
      case InteractiveEvent.ShellEnded(_, var result) -> {
        flushShell();
        if (!(result.forPerson() instanceof Display.Command(_, int code, _, _))) {
          labelled(
              result.isError() ? "shell error:" : "shell:",
              PlainText.clean(MessageJson.plain(result.forModel())).lines().toList());
        } else {
          line("shell: ended with exit code " + code);
        }
      }
      case InteractiveEvent.Aside(String question, String answer) -> {
        labelled("aside, you asked:", PlainText.clean(question).lines().toList());
        labelled("aside:", PlainText.clean(answer).lines().toList());
      }
      case InteractiveEvent.Told(AgentEvent.Level level, String text) -> told(level, text);
      case InteractiveEvent.DraftReturned(String text) ->
          labelled("your prompt was:", PlainText.clean(text).lines().toList());
      case InteractiveEvent.QueueChanged _,
          InteractiveEvent.AtRest _,
          InteractiveEvent.AsideStarted _,
          InteractiveEvent.AsideEnded _,
          InteractiveEvent.CommandEnded _,
          InteractiveEvent.QuestionAsked _,
          InteractiveEvent.QuestionSettled _,
          InteractiveEvent.SurfaceWanted _,
          InteractiveEvent.Closed _ -> {}
    }
  }

  private void said(UserInput input) {
    List<String> text = new ArrayList<>(PlainText.clean(input.text()).lines().toList());
    if (!input.attachments().isEmpty()) {
      text.add("(" + input.attachments().size() + " attached)");
    }
    labelled("you:", text);
  }

  private void told(AgentEvent.Level level, String text) {
    String label =
        switch (level) {
          case INFO -> "note:";
          case WARNING -> "warning:";
          case ERROR -> "error:";
        };
    labelled(label, PlainText.clean(text).lines().toList());
  }

  private void agent(AgentEvent event) {
    switch (event) {
      case AgentEvent.TextDelta(_, String text) -> speak(text);
      case AgentEvent.BlockCompleted(_, _, ContentBlock block) -> {
        if (block instanceof ContentBlock.Text) {
          endSpeaking();
        }
      }
      case AgentEvent.PartialDiscarded(_, String why) -> {
        endSpeaking();
        line("note: what the agent just said does not count (" + PlainText.clean(why) + ").");
      }
      case AgentEvent.ToolStarted(ToolCall call, _) -> {
        endSpeaking();
        line(tool(call.name()) + ": " + PlainText.brief(subject(call)));
      }
      case AgentEvent.ToolFinished(var use, var result, Display display, var status, _) ->
          toolEnded(use.name(), result, display, status);
      case AgentEvent.Retrying(int attempt, int max, var delay, _, String reason) ->
          line(
              "waiting: "
                  + PlainText.brief(reason)
                  + " Trying again in "
                  + Math.max(1, delay.toSeconds())
                  + " s, "
                  + attempt
                  + " of "
                  + max
                  + ".");
      case AgentEvent.ModelSwitched(String from, String to, String why) ->
          line("note: from " + from + " to " + to + ": " + PlainText.brief(why));
      case AgentEvent.Notice(AgentEvent.Level level, String text) -> {
        endSpeaking();
        told(level, text);
      }
      case AgentEvent.TurnFinished _ -> endSpeaking();
      default -> {}
    }
  }

  private void toolEnded(
      String name, ContentBlock.ToolResult result, Display display, AgentEvent.ToolStatus status) {
    switch (status) {
      case DONE -> {
        List<String> shown = PlainText.of(display, false);
        labelled(tool(name) + " done:", shown.isEmpty() ? List.of("no output") : shown);
      }
      case FAILED -> {
        List<String> shown = PlainText.of(display, true);
        labelled(
            "tool error: " + PlainText.exact(name) + ":",
            shown.isEmpty() ? List.of("failed") : shown);
      }
      case DENIED ->
          line(tool(name) + " denied: " + PlainText.brief(MessageJson.plain(result.content())));
      case CANCELLED -> line(tool(name) + ": interrupted");
      case ABANDONED -> line(tool(name) + ": was asked to stop and has not stopped yet");
    }
  }

  private static String tool(String name) {
    return "tool " + PlainText.exact(name);
  }

  /** What a call is about, in its own words. */
  static String subject(ToolCall call) {
    return subjectMember(call)
        .map(member -> call.input().path(member).asText())
        .orElse(call.input().isEmpty() ? "" : call.input().toString());
  }

  /** The member of a call's input that says what it is about. */
  static Optional<String> subjectMember(ToolCall call) {
    return SUBJECTS.stream()
        .filter(member -> !call.input().path(member).asText("").isBlank())
        .findFirst();
  }

  private void speak(String text) {
    open.append(text);
    int end = open.lastIndexOf("\n");
    if (end < 0 && open.length() > LONG_LINE) {
      end = sentenceEnd();
    }
    if (end >= 0) {
      String whole = open.substring(0, end);
      open.delete(0, end + 1);
      PlainText.clean(whole + "\n").lines().forEach(this::speakLine);
    }
  }

  /** Where the last whole sentence ends; −1 when there is none. */
  private int sentenceEnd() {
    for (int i = open.length() - 1; i > 0; i--) {
      if (open.charAt(i) == ' ' && ".!?:".indexOf(open.charAt(i - 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private void speakLine(String text) {
    markdown.line(text).forEach(this::speakPlain);
  }

  private void speakPlain(String text) {
    if (text.isBlank() && !speaking) {
      return;
    }
    line(speaking ? text : "agent: " + text);
    speaking = true;
  }

  private void endSpeaking() {
    if (!open.isEmpty()) {
      String rest = PlainText.clean(open.toString());
      open.setLength(0);
      rest.lines().forEach(this::speakLine);
    }
    markdown.end().forEach(this::speakPlain);
    markdown = new PlainMarkdown();
    speaking = false;
  }

  private void shellOutput(String text) {
    shell.append(text);
    int end = shell.lastIndexOf("\n");
    if (end >= 0) {
      String whole = shell.substring(0, end + 1);
      shell.delete(0, end + 1);
      PlainText.output(whole).lines().forEach(this::line);
    }
  }

  private void flushShell() {
    if (!shell.isEmpty()) {
      PlainText.output(shell.toString()).lines().forEach(this::line);
      shell.setLength(0);
    }
  }

  private void ended(TurnSummary summary) {
    endSpeaking();
    if (summary.outcome() instanceof Outcome.Interrupted) {
      line("interrupted by you.");
    } else {
      String wrong = OutcomeText.of(summary.outcome());
      if (!wrong.isEmpty()) {
        line("error: " + PlainText.clean(wrong));
      }
    }
    line("done: " + figures(summary));
  }

  static String figures(TurnSummary summary) {
    List<String> parts = new ArrayList<>();
    long seconds = summary.took().toSeconds();
    parts.add(seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s");
    parts.add(tokens(summary.usage().totalInputTokens()) + " tokens in");
    parts.add(tokens(summary.usage().outputTokens()) + " out");
    summary.cost().ifPresent(cost -> parts.add("$" + cost.setScale(2, RoundingMode.HALF_UP)));
    return String.join(", ", parts);
  }

  private static String tokens(long count) {
    return count < 1_000
        ? String.valueOf(count)
        : String.format(Locale.ROOT, "%.1fk", count / 1000.0);
  }

  private void opened(OpenSession session, InteractiveEvent.Why why) {
    switch (why) {
      case START -> {}
      case CLEARED -> line("note: a new conversation begins.");
      case COMPACTED -> line("note: the conversation was made shorter.");
      case RESUMED, REWOUND -> replay(session, why == InteractiveEvent.Why.RESUMED);
    }
  }

  /** The end of a conversation that goes on. */
  private void replay(OpenSession session, boolean resumed) {
    List<Message> messages = session.session().conversation().messages();
    line(
        resumed
            ? "resumed: "
                + (session.title().isEmpty() ? "session" : PlainText.clean(session.title()))
                + ", "
                + messages.size()
                + " messages"
            : "note: the conversation goes on from an earlier point, "
                + messages.size()
                + " messages");
    int from = Math.max(0, messages.size() - REPLAYED_MESSAGES);
    if (from > 0) {
      line("note: " + from + " earlier messages are not shown.");
    }
    messages.subList(from, messages.size()).forEach(this::replay);
  }

  private void replay(Message message) {
    for (ContentBlock block : message.content()) {
      switch (block) {
        case ContentBlock.Text(String text, _) -> {
          if (message.role() == Role.ASSISTANT) {
            speak(text);
            endSpeaking();
          } else if (AttachedFile.nameOf(block).isPresent()) {
            line("attached: " + PlainText.clean(AttachedFile.nameOf(block).get()));
          } else if (!text.startsWith("<system-reminder>")) {
            labelled("you:", PlainText.clean(text).lines().toList());
          }
        }
        case ContentBlock.ToolUse use ->
            line(
                tool(use.name())
                    + ": "
                    + PlainText.brief(subject(new ToolCall(use.id(), use.name(), use.input()))));
        default -> {}
      }
    }
  }
}
