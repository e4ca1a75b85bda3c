package dev.agent.model.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.agent.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A content delta read as tokens, without a tree: an answer has up to a hundred thousand of them.
 * What is out of the ordinary in any way is left to the tree reader.
 *
 * @param index the block
 * @param kind {@code text_delta}, {@code thinking_delta}, {@code input_json_delta} or {@code
 *     signature_delta}
 * @param value the text that is added
 */
record DeltaTokens(int index, String kind, String value) {

  /** Null when the JSON is no such delta, has unusual members, or is broken. */
  static @Nullable DeltaTokens read(String json) {
    // The service writes the type first; other events must not pay for a look at their tokens.
    if (json.indexOf("content_block_delta") < 0) {
      return null;
    }
    try (JsonParser in = Json.MAPPER.getFactory().createParser(json)) {
      return in.nextToken() == JsonToken.START_OBJECT ? event(in) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable DeltaTokens event(JsonParser in) throws IOException {
    String type = "";
    int index = -1;
    @Nullable DeltaTokens delta = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      if (name.equals("type") && value == JsonToken.VALUE_STRING) {
        type = in.getText();
      } else if (name.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
        index = in.getIntValue();
      } else if (name.equals("delta") && value == JsonToken.START_OBJECT) {
        delta = delta(in);
        if (delta == null) {
          return null;
        }
      } else {
        return null;
      }
    }
    boolean whole = in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null;
    return whole && delta != null && index >= 0 && type.equals("content_block_delta")
        ? new DeltaTokens(index, delta.kind, delta.value)
        : null;
  }

  private static @Nullable DeltaTokens delta(JsonParser in) throws IOException {
    String kind = "";
    String member = "";
    String text = "";
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      if (name.equals("type") && value == JsonToken.VALUE_STRING) {
        kind = in.getText();
      } else if (value == JsonToken.VALUE_STRING && member.isEmpty()) {
        member = name;
        text = in.getText();
      } else if (!value.isScalarValue() || value == JsonToken.VALUE_STRING) {
        return null;
      }
    }
    boolean known =
        switch (kind) {
          case "text_delta" -> member.equals("text");
          case "thinking_delta" -> member.equals("thinking");
          case "input_json_delta" -> member.equals("partial_json");
          case "signature_delta" -> member.equals("signature");
          default -> false;
        };
    return known ? new DeltaTokens(0, kind, text) : null;
  }
}
