package dev.agent.context;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings any history into the shape that the service accepts, whatever interrupts, crashes or
 * imports left behind: roles in turn, no empty text, every tool use answered in the very next
 * message with the results first, ids unique, ids and names of calls of allowed characters, a user
 * message at both ends. A history that is well-formed comes out as it went in, block by block.
 *
 * <p>The rules are those that the Messages API answers with status 400 (tool_use ids without
 * tool_result, unexpected tool_use_id, text content blocks must be non-empty, first message must
 * use the user role, no prefill).
 */
public final class WellFormed {
  private static final int MAX_NAME = 128;
  private static final String LOST_RESULT =
      "The result of this call was lost. Whether it took effect is unknown: check before repeating"
          + " it.";

  private final Consumer<String> repairs;
  private final List<Message> out = new ArrayList<>();
  private final Set<String> usedIds = new HashSet<>();

  private WellFormed(Consumer<String> repairs) {
    this.repairs = repairs;
  }

  /** The same conversation in a shape that can be sent. */
  public static Conversation of(Conversation conversation, Consumer<String> repairs) {
    return new WellFormed(repairs).shape(conversation);
  }

  private Conversation shape(Conversation conversation) {
    List<Message> merged = merge(conversation.messages());
    // The renamed ids of the calls that the next user message has to answer, by the ids in the
    // history.
    Map<String, String> open = Map.of();
    for (Message message : merged) {
      if (message.role() == Role.ASSISTANT) {
        if (out.isEmpty()) {
          repairs.accept("the conversation began with an answer; a note was put in front");
          out.add(Message.user("(The beginning of this conversation is missing.)"));
        }
        if (!open.isEmpty()) {
          answerOpen(open, List.of());
        }
        open = addAssistant(message);
      } else if (!open.isEmpty()) {
        answerOpen(open, message.content());
        open = Map.of();
      } else {
        addUser(message.content());
      }
    }
    if (!open.isEmpty()) {
      answerOpen(open, List.of());
    }
    if (out.isEmpty() || (out.getLast().role() == Role.ASSISTANT && !awaitsServer(out.getLast()))) {
      out.add(Message.user("Go on."));
    }
    return new Conversation(out);
  }

  /**
   * Joins neighbours of one role and leaves out what is empty; reminders in the system role become
   * the user's.
   */
  private static List<Message> merge(List<Message> messages) {
    List<Message> merged = new ArrayList<>(messages.size());
    for (Message message : messages) {
      Role role = message.role() == Role.ASSISTANT ? Role.ASSISTANT : Role.USER;
      List<ContentBlock> content = fitting(message);
      if (content.isEmpty()) {
        continue;
      }
      if (!merged.isEmpty() && merged.getLast().role() == role) {
        List<ContentBlock> both = new ArrayList<>(merged.removeLast().content());
        both.addAll(content);
        merged.add(new Message(role, both));
      } else {
        merged.add(
            content.size() == message.content().size() && role == message.role()
                ? message
                : new Message(role, content));
      }
    }
    return merged;
  }

  /** Only what the role may hold: no blank text anywhere, no calls and thinking of the user's. */
  private static List<ContentBlock> fitting(Message message) {
    List<ContentBlock> content = message.content();
    for (ContentBlock block : content) {
      if (!fits(block, message.role())) {
        return content.stream().filter(each -> fits(each, message.role())).toList();
      }
    }
    return content;
  }

  private static boolean fits(ContentBlock block, Role role) {
    return switch (block) {
      case ContentBlock.Text text -> !text.text().isBlank();
      case ContentBlock.ToolUse _, ContentBlock.Thinking _, ContentBlock.RedactedThinking _ ->
          role == Role.ASSISTANT;
      case ContentBlock.ToolResult _,
          ContentBlock.Image _,
          ContentBlock.Document _,
          ContentBlock.Unknown _ ->
          true;
    };
  }

  /** Adds an answer and returns its calls: id in the history → id as sent. */
  private Map<String, String> addAssistant(Message message) {
    Map<String, String> calls = new LinkedHashMap<>();
    List<ContentBlock> content = new ArrayList<>(message.content().size());
    for (ContentBlock block : message.content()) {
      switch (block) {
        case ContentBlock.ToolUse use -> {
          if (calls.containsKey(use.id())) {
            repairs.accept(
                "call " + use.id() + " stood twice in one answer; the second was left out");
            continue;
          }
          String id = unique(use.id());
          String name = spelled(use.name(), "unnamed");
          calls.put(use.id(), id);
          if (!name.equals(use.name())) {
            repairs.accept(
                "call " + id + " names a tool in a way that can't be sent; it was sent as " + name);
          }
          content.add(
              id.equals(use.id()) && name.equals(use.name())
                  ? use
                  : new ContentBlock.ToolUse(id, name, use.input(), use.extra()));
        }
        case ContentBlock.ToolResult result ->
            repairs.accept("a tool result in an answer was left out: " + result.toolUseId());
        default -> content.add(block);
      }
    }
    if (content.isEmpty()) {
      content.add(new ContentBlock.Text("(empty answer)"));
    }
    out.add(new Message(Role.ASSISTANT, content));
    return calls;
  }

  /**
   * Some servers count their ids anew in each answer; the service wants them unique in the whole
   * conversation.
   */
  private String unique(String id) {
    String plain = spelled(id, "call");
    String candidate = plain;
    for (int n = 2; !usedIds.add(candidate); n++) {
      candidate = plain + "_" + n;
    }
    return candidate;
  }

  /**
   * A model may make up anything; the service takes only {@code [a-zA-Z0-9_-]} back, and names of
   * at most 128 of them.
   */
  private static String spelled(String text, String otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i)) || i >= MAX_NAME) {
        String cut = text.substring(0, Math.min(text.length(), MAX_NAME));
        return cut.chars()
            .map(c -> isPlain((char) c) ? c : '_')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-';
  }

  private void answerOpen(Map<String, String> open, List<ContentBlock> given) {
    Map<String, ContentBlock.ToolResult> results = new HashMap<>();
    List<ContentBlock> rest = new ArrayList<>();
    boolean resultsFirst = true;
    for (ContentBlock block : given) {
      if (block instanceof ContentBlock.ToolResult result) {
        if (!open.containsKey(result.toolUseId())
            || results.putIfAbsent(result.toolUseId(), result) != null) {
          repairs.accept("a result without its call was left out: " + result.toolUseId());
        }
        resultsFirst &= rest.isEmpty();
      } else {
        rest.add(block);
      }
    }
    if (!resultsFirst) {
      repairs.accept("text stood before tool results and was moved behind them");
    }
    List<ContentBlock> content = new ArrayList<>(open.size() + rest.size());
    open.forEach(
        (id, sentId) -> {
          ContentBlock.ToolResult result = results.get(id);
          if (result == null) {
            repairs.accept("call " + id + " had no result; one was put in that says so");
            result = ContentBlock.ToolResult.text(sentId, LOST_RESULT, true);
          }
          content.add(clean(result, sentId));
        });
    content.addAll(rest);
    out.add(new Message(Role.USER, content));
  }

  private static ContentBlock.ToolResult clean(ContentBlock.ToolResult result, String id) {
    boolean anyBlank =
        result.content().stream()
            .anyMatch(
                block -> block instanceof ContentBlock.Text(String text, _) && text.isBlank());
    if (!anyBlank && id.equals(result.toolUseId())) {
      return result;
    }
    List<ContentBlock> content =
        result.content().stream()
            .filter(
                block -> !(block instanceof ContentBlock.Text(String text, _) && text.isBlank()))
            .toList();
    return new ContentBlock.ToolResult(id, content, result.isError(), result.extra());
  }

  private void addUser(List<ContentBlock> given) {
    List<ContentBlock> content = new ArrayList<>(given.size());
    for (ContentBlock block : given) {
      if (block instanceof ContentBlock.ToolResult result) {
        repairs.accept("a result without its call was left out: " + result.toolUseId());
      } else {
        content.add(block);
      }
    }
    if (content.isEmpty()) {
      content.add(
          new ContentBlock.Text(
              "(A message that held only results of lost calls was left out here.)"));
    }
    out.add(new Message(Role.USER, content));
  }

  /**
   * An answer that stopped in the middle of the service's own tools is sent back as it is, with
   * nothing behind it.
   */
  private static boolean awaitsServer(Message message) {
    Set<String> answered = new HashSet<>();
    boolean awaits = false;
    for (ContentBlock block : message.content()) {
      if (block instanceof ContentBlock.Unknown(var raw) && raw.path("tool_use_id").isTextual()) {
        answered.add(raw.get("tool_use_id").asText());
      }
    }
    for (ContentBlock block : message.content()) {
      if (block instanceof ContentBlock.Unknown(var raw)
          && raw.path("type").asText().equals("server_tool_use")) {
        awaits |= !answered.contains(raw.path("id").asText());
      }
    }
    return awaits;
  }
}
