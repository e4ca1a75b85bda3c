package dev.agent.tui.view;

import dev.agent.context.ShellExchange;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.tool.Display;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes blocks of a stored conversation. */
final class ResumedBlocks {
  /** Parts of messages that are shown first: more than a screen has rows, in most sessions. */
  private static final int END = 80;

  /** A beginning that is shorter than this is not worth a second step. */
  private static final int BEGINNING = 200;

  private static final String INTERRUPTED = "[Request interrupted by user]";

  private final Transcript transcript;
  private final CallBlocks calls;
  private final Results results;
  private final SourceStore store;
  private final UnaryOperator<String> shownPath;
  private Optional<List<Display.Todo>> todos = Optional.empty();

  ResumedBlocks(
      Transcript transcript,
      CallBlocks calls,
      Results results,
      SourceStore store,
      UnaryOperator<String> shownPath) {
    this.transcript = transcript;
    this.calls = calls;
    this.results = results;
    this.store = store;
    this.shownPath = shownPath;
  }

  /**
   * The prompt from which on the end of a long conversation is shown, so that no call and no run of
   * calls is cut in two; 0 when all is to be shown at once.
   */
  static int cut(List<Message> messages) {
    int parts = 0;
    for (int i = messages.size() - 1; i > BEGINNING; i--) {
      Message message = messages.get(i);
      parts += message.content().size();
      if (parts >= END && isPrompt(message)) {
        return i;
      }
    }
    return 0;
  }

  private static boolean isPrompt(Message message) {
    return message.role() == Role.USER
        && message.content().stream().noneMatch(ContentBlock.ToolResult.class::isInstance)
        && Prompts.of(message, SourceStore.NONE).isPresent();
  }

  /** More blocks than these messages make. */
  static int most(List<Message> messages) {
    int most = 0;
    for (Message message : messages) {
      most += message.content().size() + 2;
    }
    return most;
  }

  /** Adds all of it; the last task list, if one was written. */
  Optional<List<Display.Todo>> add(Conversation conversation, Instant at) {
    for (Message message : conversation.messages()) {
      calls.beginAnswer();
      for (ContentBlock block : message.content()) {
        block(block, message.role(), at);
      }
      if (message.role() == Role.USER) {
        user(message, at);
      }
    }
    for (Content.Call call : calls.open()) {
      calls.update(
          call.id(), it -> it.ended(Content.State.CANCELLED, Content.Result.NONE, Duration.ZERO));
    }
    calls.beginAnswer();
    return todos;
  }

  private void user(Message message, Instant at) {
    boolean interrupted =
        message.content().stream()
            .anyMatch(it -> it instanceof ContentBlock.Text(String s, _) && s.equals(INTERRUPTED));
    List<ContentBlock> rest = new ArrayList<>(message.content());
    rest.removeIf(it -> it instanceof ContentBlock.Text(String s, _) && s.equals(INTERRUPTED));
    if (interrupted) {
      transcript.add(new Content.Interrupted(), at, "");
    }
    rest.removeIf(
        it -> {
          Optional<ShellExchange> ran =
              it instanceof ContentBlock.Text(String s, _)
                  ? ShellExchange.read(s)
                  : Optional.empty();
          ran.ifPresent(exchange -> transcript.add(shell(exchange), at, ""));
          return ran.isPresent();
        });
    Prompts.of(Message.user(rest), store).ifPresent(prompt -> transcript.add(prompt, at, ""));
  }

  /** A command that the person ran by themselves, as it was shown then. */
  private Content.Shell shell(ShellExchange ran) {
    Content.State state = ran.exitCode() == 0 ? Content.State.DONE : Content.State.FAILED;
    Display output = new Display.Command(ran.output(), ran.exitCode(), false, "");
    return new Content.Shell(ran.command(), state, 0, Duration.ZERO, "", results.of(output, state));
  }

  private void block(ContentBlock block, Role role, Instant at) {
    switch (block) {
      case ContentBlock.Text(String text, _) -> {
        if (role == Role.ASSISTANT && !text.isBlank()) {
          transcript.add(new Content.Answer(Source.of(text, store), false), at, "");
        }
      }
      case ContentBlock.Image _, ContentBlock.Document _ -> {}
      case ContentBlock.Thinking(String text, _, _) -> {
        if (!text.isBlank()) {
          transcript.add(
              new Content.Thinking(Source.of(text, store), Duration.ZERO, false), at, "");
        }
      }
      case ContentBlock.ToolUse use -> {
        calls.add(Content.Call.waiting(use, shownPath), at, "");
        if (use.name().equals("TodoWrite")) {
          todos = Optional.of(todos(use));
        }
      }
      case ContentBlock.ToolResult result ->
          calls.update(
              result.toolUseId(),
              it ->
                  it.ended(
                      result.isError() ? Content.State.FAILED : Content.State.DONE,
                      results.of(it.tool(), result),
                      Duration.ZERO));
      case ContentBlock.RedactedThinking _, ContentBlock.Unknown _ -> {}
    }
  }

  private static List<Display.Todo> todos(ContentBlock.ToolUse use) {
    List<Display.Todo> items = new ArrayList<>();
    use.input()
        .path("todos")
        .forEach(
            item ->
                items.add(
                    new Display.Todo(
                        item.path("content").asText(""),
                        item.path("activeForm").asText(""),
                        item.path("status").asText("pending"))));
    return items;
  }
}
