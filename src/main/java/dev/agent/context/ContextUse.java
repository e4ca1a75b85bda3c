package dev.agent.context;

import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.message.Usage;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest.SystemText;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What fills the context window, part by part. The parts are estimated from their characters; once
 * the service has counted an answer, all of them are scaled so that they add up to its count; what
 * came after that answer is estimated on top.
 *
 * @param window tokens that fit
 * @param parts what is in there, without the free rest
 * @param counted whether the sum rests on a count of the service
 */
public record ContextUse(long window, List<Part> parts, boolean counted) {
  /** A picture costs by its size on screen, at most about 4,800 tokens, not by its bytes. */
  private static final int PICTURE_CHARS = 15_000;

  public ContextUse {
    parts = List.copyOf(parts);
  }

  /** What a part is. */
  public enum Kind {
    SYSTEM_PROMPT("System prompt"),
    TOOLS("Tools"),
    MCP_TOOLS("MCP tools"),
    INSTRUCTIONS("Instruction files"),
    PROMPTS("Prompts and reminders"),
    ANSWERS("Answers"),
    TOOL_CALLS("Tool calls"),
    TOOL_RESULTS("Tool results");

    private final String shown;

    Kind(String shown) {
      this.shown = shown;
    }

    /** Its name for people. */
    public String shown() {
      return shown;
    }
  }

  /**
   * One part.
   *
   * @param details what it is made of, largest first: name to tokens; empty where that says nothing
   */
  public record Part(Kind kind, long tokens, Map<String, Long> details) {
    public Part {
      details = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
  }

  /** Everything that a session sends. */
  public record Sent(
      List<SystemText> system,
      ToolRegistry tools,
      List<Instructions.InstructionFile> instructions,
      Conversation conversation) {
    public Sent {
      system = List.copyOf(system);
      instructions = List.copyOf(instructions);
    }
  }

  /**
   * What fills the window.
   *
   * @param last the counts of the latest answer to this conversation; zero when there is none yet
   */
  public static ContextUse of(Sent sent, ModelInfo model, Usage last) {
    Map<Kind, Map<String, Long>> chars = new LinkedHashMap<>();
    for (SystemText text : sent.system()) {
      add(chars, Kind.SYSTEM_PROMPT, title(text.text()), text.text().length());
    }
    for (Tool tool : sent.tools().all()) {
      String name = tool.spec().name();
      add(
          chars,
          name.startsWith("mcp__") ? Kind.MCP_TOOLS : Kind.TOOLS,
          name,
          tool.spec().description().length() + Json.write(tool.spec().input().json()).length());
    }
    long instructions = 0;
    for (Instructions.InstructionFile file : sent.instructions()) {
      add(chars, Kind.INSTRUCTIONS, file.path().toString(), file.text().length());
      instructions += file.text().length();
    }
    messages(chars, sent.conversation().messages(), instructions);
    return scaled(chars, uncounted(sent.conversation().messages()), model, last);
  }

  /** The characters behind the latest answer: the service has not counted them yet. */
  private static long uncounted(List<Message> messages) {
    int from = messages.size();
    while (from > 0 && messages.get(from - 1).role() != Role.ASSISTANT) {
      from--;
    }
    return from == 0 ? 0 : chars(messages.subList(from, messages.size()));
  }

  private static void messages(
      Map<Kind, Map<String, Long>> chars, List<Message> messages, long instructions) {
    // Instruction files stand in the first prompt: they are not counted twice.
    long inside = messages.isEmpty() ? 0 : instructions;
    Map<String, String> toolOf = new LinkedHashMap<>();
    for (Message message : messages) {
      for (ContentBlock block : message.content()) {
        long size = chars(block);
        switch (block) {
          case ContentBlock.ToolUse use -> {
            toolOf.put(use.id(), use.name());
            add(chars, Kind.TOOL_CALLS, use.name(), size);
          }
          case ContentBlock.ToolResult result ->
              add(
                  chars,
                  Kind.TOOL_RESULTS,
                  toolOf.getOrDefault(result.toolUseId(), "unknown"),
                  size);
          case ContentBlock.Thinking _, ContentBlock.RedactedThinking _ ->
              add(chars, Kind.ANSWERS, "thinking", size);
          case ContentBlock.Text _,
              ContentBlock.Image _,
              ContentBlock.Document _,
              ContentBlock.Unknown _ -> {
            boolean answer = message.role() == Role.ASSISTANT;
            long minus = answer ? 0 : Math.min(inside, size);
            inside -= minus;
            add(
                chars,
                answer ? Kind.ANSWERS : Kind.PROMPTS,
                block instanceof ContentBlock.Image ? "pictures" : "text",
                size - minus);
          }
        }
      }
    }
  }

  private static ContextUse scaled(
      Map<Kind, Map<String, Long>> chars, long uncounted, ModelInfo model, Usage last) {
    long known = -uncounted;
    for (Map<String, Long> details : chars.values()) {
      known += sum(details);
    }
    boolean counted = last.contextTokens() > 0 && known > 0;
    double perChar = counted ? (double) last.contextTokens() / known : 1 / model.bytesPerToken();
    List<Part> parts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Map<String, Long> details = chars.getOrDefault(kind, Map.of());
      if (!details.isEmpty()) {
        Map<String, Long> tokens = new LinkedHashMap<>();
        details.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .forEach(it -> tokens.put(it.getKey(), Math.round(it.getValue() * perChar)));
        parts.add(new Part(kind, Math.round(sum(details) * perChar), tokens));
      }
    }
    return new ContextUse(model.contextWindow(), parts, counted);
  }

  /** All that is used. */
  public long used() {
    return parts.stream().mapToLong(Part::tokens).sum();
  }

  /** What is left; 0 when more is used than fits. */
  public long free() {
    return Math.max(0, window - used());
  }

  /** How full the window is, from 0 to 100. */
  public int percent() {
    return window <= 0 ? 100 : (int) Math.min(100, Math.round(100.0 * used() / window));
  }

  /** About how many characters these messages are on their way; a picture counts as its tokens. */
  public static long chars(List<Message> messages) {
    long chars = 0;
    for (Message message : messages) {
      for (ContentBlock block : message.content()) {
        chars += chars(block);
      }
    }
    return chars;
  }

  private static long chars(ContentBlock block) {
    return switch (block) {
      case ContentBlock.Text(String text, _) -> text.length() + 30;
      case ContentBlock.Thinking(String text, String signature, _) ->
          text.length() + signature.length() + 60;
      case ContentBlock.RedactedThinking(String data, _) -> data.length() + 50;
      case ContentBlock.ToolUse use -> Json.write(use.input()).length() + use.name().length() + 90;
      case ContentBlock.ToolResult result -> {
        long inner = 90;
        for (ContentBlock each : result.content()) {
          inner += chars(each);
        }
        yield inner;
      }
      case ContentBlock.Image _ -> PICTURE_CHARS;
      case ContentBlock.Document(var source, _) -> source.path("data").asText("").length();
      case ContentBlock.Unknown(var raw) -> Json.write(raw).length();
    };
  }

  private static long sum(Map<String, Long> details) {
    return details.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void add(Map<Kind, Map<String, Long>> chars, Kind kind, String name, long size) {
    if (size > 0) {
      chars.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).merge(name, size, Long::sum);
    }
  }

  private static String title(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.startsWith("#") ? line.replaceFirst("^#+\\s*", "") : "instructions of the agent";
  }
}
