package dev.agent.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a settings file: JSON in UTF-8 that may hold comments and trailing commas. */
final class SettingsText {
  private static final long MAX_BYTES = 4L * 1024 * 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** A key that stands twice is an error: nobody could tell which counts. */
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
                  .build())
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SettingsText() {}

  /** A text that is no settings; the message says why, from 1 counts the line, 0 is unknown. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    UnreadableException(int line, String why) {
      super(why);
      this.line = line;
    }

    int line() {
      return line;
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * A file's text, without a byte order mark.
   *
   * @throws UnreadableException when it can't be read, is too large or is not UTF-8
   */
  static String of(Path file) throws UnreadableException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new UnreadableException(0, "it is larger than " + MAX_BYTES + " bytes");
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UnreadableException(0, "it is not UTF-8");
    } catch (IOException e) {
      throw new UnreadableException(0, "it can't be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /**
   * What a text holds.
   *
   * @throws UnreadableException when that is no JSON object
   */
  static ObjectNode parse(String text) throws UnreadableException {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode values) {
        return values;
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      int column = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getColumnNr());
      String message = e.getOriginalMessage();
      int detail = message.indexOf(" (for Object");
      throw new UnreadableException(
          line,
          "it is no JSON ("
              + (line > 0 ? "line " + line + ", column " + column + ": " : "")
              + (detail > 0 ? message.substring(0, detail) : message).replace('\n', ' ')
              + ")");
    }
    throw new UnreadableException(0, "it must hold a JSON object");
  }
}
