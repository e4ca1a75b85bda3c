package dev.agent.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a session from its file: exactly the conversation that was sent. What a crash left open
 * is closed with results that say what is known: done, not started, or unknown. Never fails because
 * of content; what was skipped or mended is told.
 */
public final class SessionLoader {
  private static final int MAX_LINE = 512 * 1024 * 1024;

  private final List<Message> messages = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Entry.Intent> intents = new HashMap<>();
  private final Map<String, ContentBlock.ToolResult> outcomes = new HashMap<>();
  private final Set<String> uuids = new HashSet<>();
  private String answerId = "";
  private List<ContentBlock> answer = new ArrayList<>();

  private SessionLoader() {}

  /**
   * A session as it was found.
   *
   * @param entries all that could be read, in order
   * @param problems what could not, and what was mended; one sentence each
   */
  public record Loaded(Conversation conversation, List<Entry> entries, List<String> problems) {}

  /**
   * Reads a session's file.
   *
   * @throws IOException when it can't be read at all
   */
  public static Loaded load(Path file) throws IOException {
    SessionLoader loader = new SessionLoader();
    try (InputStream in = Files.newInputStream(file)) {
      loader.readLines(in);
    }
    loader.endAnswer(false);
    loader.closeOpenCalls(null);
    return new Loaded(
        new Conversation(loader.messages),
        List.copyOf(loader.entries),
        List.copyOf(loader.problems));
  }

  /** Whether bytes are one whole entry. */
  static boolean isEntry(byte[] bytes) {
    try {
      return Json.STRICT.readTree(bytes) instanceof ObjectNode node
          && node.path("type").isTextual();
    } catch (IOException e) {
      return false;
    }
  }

  private void readLines(InputStream in) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int number = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      int from = 0;
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, from, i - from);
          take(line.toByteArray(), ++number, false);
          line.reset();
          from = i + 1;
        }
      }
      line.write(buffer, from, n - from);
      if (line.size() > MAX_LINE) {
        throw new IOException("line " + (number + 1) + " is longer than " + MAX_LINE + " bytes");
      }
    }
    if (line.size() > 0) {
      take(line.toByteArray(), ++number, true);
    }
  }

  private void take(byte[] line, int number, boolean last) {
    if (isBlank(line)) {
      return;
    }
    try {
      JsonNode node = Json.STRICT.readTree(line);
      if (!(node instanceof ObjectNode object)) {
        throw new IllegalArgumentException("it is no JSON object");
      }
      String uuid = object.path("uuid").asText("");
      if (!uuid.isEmpty() && !uuids.add(uuid)) {
        problems.add("Line " + number + " stands twice; the second was skipped.");
        return;
      }
      Entry entry = Entry.of(object);
      entries.add(entry);
      apply(entry);
    } catch (JsonProcessingException e) {
      problems.add(
          last
              ? "The last line was cut off and was skipped."
              : "Line " + number + " is damaged and was skipped.");
    } catch (IOException | IllegalArgumentException e) {
      problems.add("Line " + number + " is no entry (" + e.getMessage() + ") and was skipped.");
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\r' && b != '\t' && b != 0) {
        return false;
      }
    }
    return true;
  }

  private void apply(Entry entry) {
    switch (entry) {
      case Entry.User(Message message, _) -> {
        endAnswer(false);
        if (hasResults(message) || !closeOpenCalls(message)) {
          messages.add(message);
        }
      }
      case Entry.AnswerBlock(String id, _, ContentBlock block) -> {
        if (!id.equals(answerId)) {
          endAnswer(false);
          answerId = id;
        }
        answer.add(block);
      }
      case Entry.AnswerEnd end -> {
        if (end.messageId().equals(answerId)) {
          endAnswer(true);
        }
      }
      case Entry.Discarded(String id, _) -> {
        if (id.equals(answerId)) {
          answer = new ArrayList<>();
          answerId = "";
        }
      }
      case Entry.Intent intent -> intents.put(intent.toolUseId(), intent);
      case Entry.Outcome(ContentBlock.ToolResult result, _) ->
          outcomes.put(result.toolUseId(), result);
      case Entry.Rewritten(List<Message> now, _) -> {
        endAnswer(false);
        messages.clear();
        messages.addAll(now);
      }
      case Entry.Meta _, Entry.Permission _, Entry.Seen _, Entry.Unknown _ -> {}
    }
  }

  private static boolean hasResults(Message message) {
    return message.content().stream().anyMatch(ContentBlock.ToolResult.class::isInstance);
  }

  /**
   * Puts the blocks that have come together as the answer. One that broke off counts only when it
   * said or did something.
   */
  private void endAnswer(boolean whole) {
    if (!answer.isEmpty()) {
      boolean saidSomething =
          answer.stream()
              .anyMatch(
                  block ->
                      block instanceof ContentBlock.Text || block instanceof ContentBlock.ToolUse);
      if (whole || saidSomething) {
        messages.add(Message.assistant(answer));
        if (!whole) {
          problems.add(
              "The last answer before a break was not whole; what had come of it was kept.");
        }
      }
    }
    answer = new ArrayList<>();
    answerId = "";
  }

  /**
   * Answers calls that have no results.
   *
   * @param next the message that follows; its blocks come behind the results
   * @return whether there were any, so that {@code next} is part of the conversation now
   */
  private boolean closeOpenCalls(@Nullable Message next) {
    if (messages.isEmpty() || messages.getLast().role() != Role.ASSISTANT) {
      return false;
    }
    List<ContentBlock.ToolUse> open = messages.getLast().toolUses();
    if (open.isEmpty()) {
      return false;
    }
    List<ContentBlock> content = new ArrayList<>();
    for (ContentBlock.ToolUse use : open) {
      content.add(Optional.ofNullable(outcomes.get(use.id())).orElseGet(() -> madeUp(use)));
    }
    if (next != null) {
      content.addAll(next.content());
    }
    messages.add(Message.user(content));
    return true;
  }

  private ContentBlock.ToolResult madeUp(ContentBlock.ToolUse use) {
    Entry.Intent intent = intents.get(use.id());
    if (intent == null) {
      problems.add(use.name() + " had not begun when the session broke off; the model is told.");
      return ContentBlock.ToolResult.text(
          use.id(),
          "The session broke off before this call began. It was not run; call it again if it is"
              + " still wanted.",
          true);
    }
    problems.add(
        use.name()
            + " was running when the session broke off; the model is told that its effect is"
            + " unknown.");
    String where = intent.paths().isEmpty() ? "" : " (" + String.join(", ", intent.paths()) + ")";
    return ContentBlock.ToolResult.text(
        use.id(),
        "The session broke off while this call was running. Whether it took effect is unknown: look"
            + " at what it was to change"
            + where
            + " before you repeat it.",
        true);
  }
}
