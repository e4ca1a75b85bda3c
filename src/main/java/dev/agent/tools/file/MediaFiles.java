package dev.agent.tools.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.tool.Display;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import dev.agent.workspace.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Pictures and PDFs as blocks for the model. Sizes are read from the bytes; nothing is decoded. */
final class MediaFiles {
  private static final long MAX_PDF_BYTES = 3L * 1024 * 1024;

  private MediaFiles() {}

  static Optional<String> pictureType(String lowerName) {
    if (lowerName.endsWith(".png")) {
      return Optional.of("image/png");
    } else if (lowerName.endsWith(".jpg") || lowerName.endsWith(".jpeg")) {
      return Optional.of("image/jpeg");
    } else if (lowerName.endsWith(".gif")) {
      return Optional.of("image/gif");
    } else if (lowerName.endsWith(".webp")) {
      return Optional.of("image/webp");
    }
    return Optional.empty();
  }

  static ToolResult picture(Path path, String typeByName) throws IOException, ToolException {
    InlinePicture picture = InlinePicture.read(path);
    ContentBlock block = new ContentBlock.Image(picture.source());
    return new ToolResult(
        List.of(block), new Display.Image(picture.mediaType(), picture.bytes()), false);
  }

  private static ObjectNode source(String type, byte[] bytes) {
    return Json.object()
        .put("type", "base64")
        .put("media_type", type)
        .put("data", Base64.getEncoder().encodeToString(bytes));
  }

  static ToolResult pdf(Path path, Optional<String> pages) throws IOException, ToolException {
    long size = TextFile.regular(path).size();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] head = in.readNBytes(5);
      if (head.length < 5 || head[0] != '%' || head[1] != 'P' || head[2] != 'D' || head[3] != 'F') {
        throw new ToolException(path + " is named like a PDF but is none.");
      }
    }
    if (pages.isPresent() || size > MAX_PDF_BYTES || PdfText.isLong(path)) {
      return PdfText.extract(path, pages);
    }
    byte[] bytes = Files.readAllBytes(path);
    return new ToolResult(
        List.of(new ContentBlock.Document(source("application/pdf", bytes))),
        new Display.Text("PDF of " + size + " bytes"),
        false);
  }
}
