package dev.agent.model.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A generator that writes trees without a mapper, and UTF-8 in which half characters become U+FFFD
 * rather than a failure.
 */
final class WireGenerator extends JsonGeneratorDelegate {
  private WireGenerator(JsonGenerator delegate) {
    super(delegate, false);
  }

  static JsonGenerator over(Writer out) throws IOException {
    return new WireGenerator(JsonTree.FACTORY.createGenerator(out));
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

  @Override
  public void writeTree(TreeNode tree) throws IOException {
    JsonTree.write(this, (JsonNode) tree);
  }
}
