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
 * Writes a request as the service wants it, straight into the connection. The same request gives
 * the same bytes: the prompt cache compares them.
 */
final class RequestWriter {
  private RequestWriter() {}

  static void write(ModelRequest request, OutputStream to) throws IOException {
    try (JsonGenerator out = Json.MAPPER.createGenerator(to)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartObject();
      out.writeStringField("model", request.model());
      out.writeNumberField("max_tokens", request.maxTokens());
      out.writeBooleanField("stream", true);
      thinking(out, request.thinking());
      if (request.effort().isPresent() || request.outputSchema().isPresent()) {
        out.writeObjectFieldStart("output_config");
        if (request.effort().isPresent()) {
          out.writeStringField("effort", request.effort().get());
        }
        if (request.outputSchema().isPresent()) {
          out.writeObjectFieldStart("format");
          out.writeStringField("type", "json_schema");
          out.writeFieldName("schema");
          out.writeTree(request.outputSchema().get());
          out.writeEndObject();
        }
        out.writeEndObject();
      }
      if (!request.tools().isEmpty()) {
        out.writeArrayFieldStart("tools");
        for (ModelRequest.ToolDefinition tool : request.tools()) {
          out.writeStartObject();
          out.writeStringField("name", tool.name());
          out.writeStringField("description", tool.description());
          out.writeFieldName("input_schema");
          out.writeTree(tool.inputSchema());
          mark(out, tool.cacheMark());
          out.writeEndObject();
        }
        out.writeEndArray();
      }
      if (!request.system().isEmpty()) {
        out.writeArrayFieldStart("system");
        for (ModelRequest.SystemText text : request.system()) {
          out.writeStartObject();
          out.writeStringField("type", "text");
          out.writeStringField("text", text.text());
          mark(out, text.cacheMark());
          out.writeEndObject();
        }
        out.writeEndArray();
      }
      out.writeArrayFieldStart("messages");
      for (int i = 0; i < request.messages().size(); i++) {
        message(out, request, i);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static void message(JsonGenerator out, ModelRequest request, int index)
      throws IOException {
    Message message = request.messages().get(index);
    out.writeStartObject();
    out.writeStringField("role", message.role().wire());
    out.writeArrayFieldStart("content");
    List<ContentBlock> content = message.content();
    for (int i = 0; i < content.size(); i++) {
      MessageJson.write(
          out,
          content.get(i),
          true,
          request.cacheMarks().contains(new ModelRequest.BlockPosition(index, i)));
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void thinking(JsonGenerator out, ModelRequest.Thinking thinking)
      throws IOException {
    switch (thinking) {
      case ModelRequest.Thinking.Unset() -> {}
      case ModelRequest.Thinking.Adaptive(String display) -> {
        out.writeObjectFieldStart("thinking");
        out.writeStringField("type", "adaptive");
        if (!display.isEmpty()) {
          out.writeStringField("display", display);
        }
        out.writeEndObject();
      }
      case ModelRequest.Thinking.Budget(int tokens) -> {
        out.writeObjectFieldStart("thinking");
        out.writeStringField("type", "enabled");
        out.writeNumberField("budget_tokens", tokens);
        out.writeEndObject();
      }
      case ModelRequest.Thinking.Disabled() -> {
        out.writeObjectFieldStart("thinking");
        out.writeStringField("type", "disabled");
        out.writeEndObject();
      }
    }
  }

  private static void mark(JsonGenerator out, boolean cacheMark) throws IOException {
    if (cacheMark) {
      out.writeObjectFieldStart("cache_control");
      out.writeStringField("type", "ephemeral");
      out.writeEndObject();
    }
  }
}
