package dev.agent.model.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.agent.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Generators of UTF-8 in which half characters become U+FFFD rather than a failure. */
final class WireGenerator {
  private WireGenerator() {}

  static JsonGenerator over(Writer out) throws IOException {
    return Json.MAPPER.getFactory().createGenerator(out);
  }

  static JsonGenerator over(OutputStream out) throws IOException {
    return over(
        new OutputStreamWriter(
            out,
            StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .replaceWith(new byte[] {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD})));
  }
}
