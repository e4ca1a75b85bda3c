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
  /** Base64 may have 5 MB on every host of the API; three bytes become four characters. */
  private static final long MAX_PICTURE_BYTES = 5L * 1024 * 1024 / 4 * 3;

  private static final int MAX_SIDE = 8_000;
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
    long size = TextFile.regular(path).size();
    if (size > MAX_PICTURE_BYTES) {
      throw new ToolException(
          path
              + " has "
              + size
              + " bytes; pictures may have at most "
              + MAX_PICTURE_BYTES
              + ". Make a smaller copy with a command and read that.");
    }
    byte[] bytes = Files.readAllBytes(path);
    String type =
        typeByBytes(bytes)
            .orElseThrow(
                () ->
                    new ToolException(
                        path
                            + " is named like a picture but is none ("
                            + bytes.length
                            + " bytes)."));
    int side = PictureSize.longerSide(bytes, type);
    if (side > MAX_SIDE) {
      throw new ToolException(
          path
              + " is "
              + side
              + " pixels on its longer side; at most "
              + MAX_SIDE
              + " are accepted. Make a smaller copy and read that.");
    }
    ContentBlock block = new ContentBlock.Image(source(type, bytes));
    return new ToolResult(List.of(block), new Display.Image(type, bytes.length), false);
  }

  private static ObjectNode source(String type, byte[] bytes) {
    return Json.object()
        .put("type", "base64")
        .put("media_type", type)
        .put("data", Base64.getEncoder().encodeToString(bytes));
  }

  /** What the bytes are, whatever the name says: the service refuses a wrong type. */
  private static Optional<String> typeByBytes(byte[] b) {
    if (b.length > 8 && (b[0] & 255) == 0x89 && b[1] == 'P' && b[2] == 'N' && b[3] == 'G') {
      return Optional.of("image/png");
    } else if (b.length > 3 && (b[0] & 255) == 0xFF && (b[1] & 255) == 0xD8) {
      return Optional.of("image/jpeg");
    } else if (b.length > 6 && b[0] == 'G' && b[1] == 'I' && b[2] == 'F') {
      return Optional.of("image/gif");
    } else if (b.length > 12
        && b[0] == 'R'
        && b[1] == 'I'
        && b[2] == 'F'
        && b[3] == 'F'
        && b[8] == 'W'
        && b[9] == 'E'
        && b[10] == 'B'
        && b[11] == 'P') {
      return Optional.of("image/webp");
    }
    return Optional.empty();
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
