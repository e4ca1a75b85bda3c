package dev.agent.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One block of a message, as in the Messages API. Each known kind keeps members that this version
 * does not know in {@code extra} (citations, caller, cache marks of others …), and a kind that it
 * does not know at all is {@link Unknown}: both are written back verbatim, because the service
 * checks what it once sent.
 *
 * <p>The JSON trees inside are never changed after construction.
 */
public sealed interface ContentBlock {

  /** Plain text. */
  record Text(String text, Extra extra) implements ContentBlock {
    public Text(String text) {
      this(text, Extra.NONE);
    }
  }

  /**
   * What the model thought, with the signature that binds it to its place; text may be empty while
   * the signature is not.
   */
  record Thinking(String thinking, String signature, Extra extra) implements ContentBlock {
    public Thinking(String thinking, String signature) {
      this(thinking, signature, Extra.NONE);
    }
  }

  /** Thinking that only the service can read. */
  record RedactedThinking(String data, Extra extra) implements ContentBlock {
    public RedactedThinking(String data) {
      this(data, Extra.NONE);
    }
  }

  /**
   * The model asks for a tool. {@code input} is always an object; what could not be parsed is
   * carried as {@link Extra#invalidInput()}.
   */
  record ToolUse(String id, String name, ObjectNode input, Extra extra) implements ContentBlock {
    public ToolUse(String id, String name, ObjectNode input) {
      this(id, name, input, Extra.NONE);
    }
  }

  /** What a tool answered. Inner blocks are text, image, document or unknown ones. */
  record ToolResult(String toolUseId, List<ContentBlock> content, boolean isError, Extra extra)
      implements ContentBlock {
    public ToolResult {
      content = List.copyOf(content);
    }

    public ToolResult(String toolUseId, List<ContentBlock> content, boolean isError) {
      this(toolUseId, content, isError, Extra.NONE);
    }

    /** A result of one text. */
    public static ToolResult text(String toolUseId, String text, boolean isError) {
      return new ToolResult(toolUseId, List.of(new Text(text)), isError);
    }
  }

  /**
   * A picture; {@code source} as in the API: {@code {"type":"base64","media_type":…,"data":…}}, or
   * a url or file source.
   */
  record Image(ObjectNode source, Extra extra) implements ContentBlock {
    public Image(ObjectNode source) {
      this(source, Extra.NONE);
    }
  }

  /** A document such as a PDF; {@code source} as in the API. */
  record Document(ObjectNode source, Extra extra) implements ContentBlock {
    public Document(ObjectNode source) {
      this(source, Extra.NONE);
    }
  }

  /** A kind that this version does not know, whole. */
  record Unknown(ObjectNode raw) implements ContentBlock {}
}
