package dev.agent.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.context.ShellExchange;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.tool.Display;
import dev.agent.tui.cell.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ResumedBlocksTest {
  private final Stage stage = new Stage();

  private String shown(Message... messages) {
    stage.feed.resume(new Conversation(List.of(messages)), stage.now());
    return TranscriptFeedTest.rows(stage, 60, false).stream()
        .map(row -> row.text().stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private static ContentBlock.ToolUse use(String id, String tool, String key, String value) {
    ObjectNode input = Json.object();
    input.put(key, value);
    return new ContentBlock.ToolUse(id, tool, input);
  }

  @Test
  void aStoredConversationLooksAsItDid() {
    assertThat(
            shown(
                Message.user(
                    List.of(
                        new ContentBlock.Text("<system-reminder>\nrules\n</system-reminder>"),
                        new ContentBlock.Text("fix it"))),
                Message.assistant(
                    List.of(
                        new ContentBlock.Thinking("hm", "sig"),
                        new ContentBlock.Text("I look first."),
                        use("1", "Read", "file_path", "/home/me/proj/a"),
                        use("2", "Read", "file_path", "/home/me/proj/b"),
                        use("3", "Bash", "command", "make"))),
                Message.user(
                    List.of(
                        ContentBlock.ToolResult.text("1", "1\n2\n3", false),
                        ContentBlock.ToolResult.text("2", "1", false),
                        ContentBlock.ToolResult.text("3", "exit 2\nno targets", true))),
                Message.assistant(List.of(new ContentBlock.Text("It is *done*.")))))
        .isEqualTo(
            """
            > fix it

            ● I look first.

            ● Read 2 files  (ctrl+o)
            ● Bash(make)
              ⎿  Error: exit 2
                 no targets

            ● It is *done*.\
            """);
  }

  @Test
  void commandsOfThePersonLookAsTheyDid() {
    assertThat(
            shown(
                Message.user(List.of(new ShellExchange("pwd", "/home/me", 0).block())),
                Message.user(List.of(new ShellExchange("make", "no targets", 2).block())),
                Message.user("go on")))
        .isEqualTo(
            """
            ! pwd
              ⎿  /home/me

            ! make
              ⎿  Error: exit 2
                 no targets

            > go on\
            """);
  }

  @Test
  void aCallWithoutAResultIsNotShownAsRunning() {
    assertThat(
            shown(
                Message.user("go"),
                Message.assistant(List.of(use("1", "Bash", "command", "sleep 9"))),
                Message.user(List.of(new ContentBlock.Text("[Request interrupted by user]")))))
        .isEqualTo("> go\n\n● Bash(sleep 9)\n  ⎿  Interrupted by you");
    assertThat(stage.feed.openCalls()).isEmpty();
  }

  @Test
  void theLastTaskListIsTakenUp() {
    ObjectNode input = Json.object();
    input
        .putArray("todos")
        .addObject()
        .put("content", "Run the tests")
        .put("activeForm", "Running the tests")
        .put("status", "in_progress");
    shown(
        Message.user("go"),
        Message.assistant(List.of(new ContentBlock.ToolUse("1", "TodoWrite", input))));

    assertThat(stage.feed.todos())
        .containsExactly(new Display.Todo("Run the tests", "Running the tests", "in_progress"));
  }

  @Test
  void eventsGoOnBelowIt() {
    shown(Message.user("go"), Message.assistant(List.of(new ContentBlock.Text("Done."))));
    stage.prompt("more").request().says("More.");

    assertThat(
            TranscriptFeedTest.rows(stage, 60, false).stream()
                .map(Row::text)
                .map(String::stripTrailing))
        .containsExactly("> go", "", "● Done.", "", "> more", "", "● More.");
  }

  /** Turns of a prompt, two reads in a run, a command and an answer. */
  private static Conversation longOne(int turns) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < turns; i++) {
      messages.add(Message.user("question " + i));
      messages.add(
          Message.assistant(
              List.of(
                  new ContentBlock.Text("I look " + i),
                  use("a" + i, "Read", "file_path", "/home/me/proj/a"),
                  use("b" + i, "Read", "file_path", "/home/me/proj/b"),
                  use("c" + i, "Bash", "command", "make " + i))));
      messages.add(
          Message.user(
              List.of(
                  ContentBlock.ToolResult.text("a" + i, "1", false),
                  ContentBlock.ToolResult.text("b" + i, "2", false),
                  ContentBlock.ToolResult.text("c" + i, "three\nfour", i % 2 == 0))));
      messages.add(Message.assistant(List.of(new ContentBlock.Text("answer " + i))));
    }
    return new Conversation(messages);
  }

  @Test
  void theEndOfALongOneIsShownFirstAndThenTheRestWithoutMovingIt() {
    Content.Header header = new Content.Header("agent", "model", "/home", List.of());
    Conversation conversation = longOne(120);
    Stage whole = new Stage();
    whole.feed.add(header, whole.now());
    whole.feed.resume(conversation, whole.now());

    int left = stage.feed.resumeEnd(header, conversation, stage.now());
    assertThat(left).isPositive().isLessThan(conversation.messages().size());
    assertThat(stage.transcript.size()).isLessThan(100);
    assertThat(stage.transcript.hasHeader()).isFalse();
    VirtualTranscript window =
        new VirtualTranscript(stage.transcript, TranscriptFeedTest.renderer());
    List<VirtualTranscript.Line> before = window.view(80, 24);
    stage.prompt("typed before the rest was there");
    List<VirtualTranscript.Line> typed = window.view(80, 24);
    whole.prompt("typed before the rest was there");

    Earlier earlier =
        stage.feed.earlier(
            header, conversation.messages().subList(0, left), stage.now(), PageStore.NONE);
    stage.feed.putInFront(earlier, header);

    assertThat(window.view(80, 24)).isEqualTo(typed).isNotEqualTo(before);
    assertThat(stage.transcript.hasHeader()).isTrue();
    assertThat(TranscriptFeedTest.rows(stage, 60, false))
        .isEqualTo(TranscriptFeedTest.rows(whole, 60, false));
  }

  @Test
  void aShortOneIsThereAtOnce() {
    Content.Header header = new Content.Header("agent", "model", "/home", List.of());
    assertThat(stage.feed.resumeEnd(header, longOne(10), stage.now())).isZero();
    assertThat(stage.transcript.hasHeader()).isTrue();
    assertThat(Texts.of(stage.transcript.at(1).content())).isEqualTo("question 0");
  }

  @Test
  void aTaskListOfTheBeginningIsFoundUnlessThereIsANewerOne() {
    Content.Header header = new Content.Header("agent", "model", "/home", List.of());
    List<Message> messages = new ArrayList<>();
    ObjectNode input = Json.object();
    input.putArray("todos").addObject().put("content", "old").put("status", "pending");
    messages.add(Message.user("begin"));
    messages.add(Message.assistant(List.of(new ContentBlock.ToolUse("t", "TodoWrite", input))));
    messages.add(Message.user(List.of(ContentBlock.ToolResult.text("t", "ok", false))));
    messages.addAll(longOne(120).messages());
    int left = stage.feed.resumeEnd(header, new Conversation(messages), stage.now());
    assertThat(stage.feed.todos()).isEmpty();
    Earlier earlier =
        stage.feed.earlier(header, messages.subList(0, left), stage.now(), PageStore.NONE);
    stage.feed.putInFront(earlier, header);

    assertThat(stage.feed.todos()).extracting(Display.Todo::content).containsExactly("old");
  }
}
