package dev.agent.context;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelRequest.BlockPosition;
import dev.agent.model.ModelRequest.SystemText;
import dev.agent.model.ModelRequest.Thinking;
import dev.agent.model.ModelRequest.ToolDefinition;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns a conversation into a request. Everything but the messages is settled at construction, so
 * that its bytes are the same in every request of the session.
 *
 * <p>Cache marks, at most four: after each block of the system prompt (the first one covers the
 * tools), after the last block, and after the last block of the request before. The last one is
 * what makes turn N+1 read all of turn N even when more than twenty blocks came in between.
 */
public final class RequestAssembler {
  private static final int MAX_MARKS = 4;

  private final String model;
  private final List<ToolDefinition> tools;
  private final List<SystemText> system;
  private final Thinking thinking;
  private final Optional<String> effort;
  private final boolean rawEvents;
  private final long fixedChars;

  public RequestAssembler(
      String model,
      ToolRegistry registry,
      List<SystemText> system,
      Thinking thinking,
      Optional<String> effort,
      boolean rawEvents) {
    this(model, definitions(registry), system, thinking, effort, rawEvents);
  }

  private RequestAssembler(
      String model,
      List<ToolDefinition> tools,
      List<SystemText> system,
      Thinking thinking,
      Optional<String> effort,
      boolean rawEvents) {
    this.model = model;
    this.tools = List.copyOf(tools);
    this.system = List.copyOf(system);
    this.thinking = thinking;
    this.effort = effort;
    this.rawEvents = rawEvents;
    long chars = 0;
    for (ToolDefinition tool : tools) {
      chars += tool.description().length() + Json.write(tool.inputSchema()).length();
    }
    for (SystemText text : system) {
      chars += text.text().length();
    }
    fixedChars = chars;
  }

  /** The same with another system prompt: the next request finds nothing of it in the cache. */
  public RequestAssembler withSystem(List<SystemText> other) {
    return new RequestAssembler(model, tools, other, thinking, effort, rawEvents);
  }

  private static List<ToolDefinition> definitions(ToolRegistry registry) {
    List<ToolDefinition> definitions = new ArrayList<>();
    for (Tool tool : registry.all()) {
      ObjectNode schema = tool.spec().input().json();
      definitions.add(
          new ToolDefinition(tool.spec().name(), tool.spec().description(), schema, false));
    }
    return definitions;
  }

  /**
   * The request for this conversation. {@code repairs} is told, one sentence each, what had to be
   * mended to make the history acceptable.
   */
  public ModelRequest assemble(Conversation conversation, int maxTokens, Consumer<String> repairs) {
    List<Message> messages = WellFormed.of(conversation, repairs).messages();
    List<BlockPosition> marks = new ArrayList<>();
    int left = MAX_MARKS - (int) system.stream().filter(SystemText::cacheMark).count();
    for (int i = messages.size() - 1; i >= 0 && left > 0; i--) {
      if (messages.get(i).role() == Role.USER) {
        Optional<BlockPosition> position = lastMarkable(messages.get(i), i);
        if (position.isPresent()) {
          marks.add(position.get());
          left--;
        }
      }
    }
    return new ModelRequest(
        model,
        maxTokens,
        tools,
        system,
        messages,
        marks,
        thinking,
        effort,
        Optional.empty(),
        rawEvents);
  }

  private static Optional<BlockPosition> lastMarkable(Message message, int index) {
    for (int i = message.content().size() - 1; i >= 0; i--) {
      switch (message.content().get(i)) {
        case ContentBlock.Text _,
            ContentBlock.ToolResult _,
            ContentBlock.Image _,
            ContentBlock.Document _ -> {
          return Optional.of(new BlockPosition(index, i));
        }
        case ContentBlock.Thinking _,
            ContentBlock.RedactedThinking _,
            ContentBlock.ToolUse _,
            ContentBlock.Unknown _ -> {}
      }
    }
    return Optional.empty();
  }

  /**
   * Roughly how many characters the request for this conversation has; a picture counts as its
   * tokens.
   */
  public long chars(Conversation conversation) {
    return fixedChars + ContextUse.chars(conversation.messages());
  }
}
