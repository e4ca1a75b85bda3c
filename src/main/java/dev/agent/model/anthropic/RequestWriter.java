package dev.agent.model.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.model.ModelRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A request in the service's JSON. The same request gives the same bytes, or the prompt cache would
 * be lost; nothing is written that some model refuses (sampling parameters, forced tools) or that
 * names a person.
 */
final class RequestWriter {
  private RequestWriter() {}

  /** Writes the body of a streamed {@code POST /v1/messages}; the stream stays open. */
  static void write(ModelRequest request, OutputStream to) throws IOException {
    try (JsonGenerator out = WireGenerator.over(to)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartObject();
      out.writeStringField("model", request.model());
      out.writeNumberField("max_tokens", request.maxTokens());
      out.writeBooleanField("stream", true);
      thinking(out, request.thinking());
      outputConfig(out, request);
      tools(out, request.tools());
      if (request.noCalls() && !request.tools().isEmpty()) {
        out.writeObjectFieldStart("tool_choice");
        out.writeStringField("type", "none");
        out.writeEndObject();
      }
      system(out, request.system());
      messages(out, request);
      out.writeEndObject();
    }
  }

  private static void thinking(JsonGenerator out, ModelRequest.Thinking thinking)
      throws IOException {
    switch (thinking) {
      case ModelRequest.Thinking.Unset() -> {
        return;
      }
      case ModelRequest.Thinking.Adaptive(String display) -> {
        out.writeObjectFieldStart("thinking");
        out.writeStringField("type", "adaptive");
        if (!display.isEmpty()) {
          out.writeStringField("display", display);
        }
      }
      case ModelRequest.Thinking.Budget(int tokens) -> {
        out.writeObjectFieldStart("thinking");
        out.writeStringField("type", "enabled");
        out.writeNumberField("budget_tokens", tokens);
      }
      case ModelRequest.Thinking.Disabled() -> {
        out.writeObjectFieldStart("thinking");
        out.writeStringField("type", "disabled");
      }
    }
    out.writeEndObject();
  }

  private static void outputConfig(JsonGenerator out, ModelRequest request) throws IOException {
    if (request.effort().isEmpty() && request.outputSchema().isEmpty()) {
      return;
    }
    out.writeObjectFieldStart("output_config");
    if (request.effort().isPresent()) {
      out.writeStringField("effort", request.effort().get());
    }
    if (request.outputSchema().isPresent()) {
      out.writeObjectFieldStart("format");
      out.writeStringField("type", "json_schema");
      out.writeFieldName("schema");
      Json.MAPPER.writeTree(out, request.outputSchema().get());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void tools(JsonGenerator out, List<ModelRequest.ToolDefinition> tools)
      throws IOException {
    if (tools.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("tools");
    for (ModelRequest.ToolDefinition tool : tools) {
      out.writeStartObject();
      out.writeStringField("name", tool.name());
      out.writeStringField("description", tool.description());
      out.writeFieldName("input_schema");
      Json.MAPPER.writeTree(out, tool.inputSchema());
      mark(out, tool.cacheMark());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void system(JsonGenerator out, List<ModelRequest.SystemText> system)
      throws IOException {
    if (system.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("system");
    for (ModelRequest.SystemText block : system) {
      out.writeStartObject();
      out.writeStringField("type", "text");
      out.writeStringField("text", block.text());
      mark(out, block.cacheMark());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void mark(JsonGenerator out, boolean wanted) throws IOException {
    if (wanted) {
      out.writeObjectFieldStart("cache_control");
      out.writeStringField("type", "ephemeral");
      out.writeEndObject();
    }
  }

  private static void messages(JsonGenerator out, ModelRequest request) throws IOException {
    out.writeArrayFieldStart("messages");
    int number = 0;
    for (Message message : request.messages()) {
      out.writeStartObject();
      out.writeStringField("role", message.role().wire());
      out.writeArrayFieldStart("content");
      int position = 0;
      for (ContentBlock block : message.content()) {
        MessageJson.write(out, block, true, request.isMarked(number, position));
        position++;
      }
      out.writeEndArray();
      out.writeEndObject();
      number++;
    }
    out.writeEndArray();
  }
}
