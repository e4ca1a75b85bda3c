package dev.agent.tools.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.tool.ToolException;
import dev.agent.workspace.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A picture that the model's service takes as it is.
 *
 * @param mediaType what its bytes are, whatever its name says: the service refuses a wrong type
 * @param base64 its bytes
 * @param bytes how many they are
 */
public record InlinePicture(String mediaType, String base64, int bytes) {
  /** Base64 may have 5 MB on every host of the API; three bytes become four characters. */
  public static final int MAX_BYTES = 5 * 1024 * 1024 / 4 * 3;

  private static final int MAX_SIDE = 8_000;

  /**
   * Takes a picture's bytes; nothing is decoded.
   *
   * @param name what the picture is called in messages
   * @throws ToolException when it is none, or larger than the service takes
   */
  public static InlinePicture of(byte[] bytes, String name) throws ToolException {
    checkSize(bytes.length, name);
    String type =
        typeByBytes(bytes)
            .orElseThrow(
                () ->
                    new ToolException(
                        name
                            + " is no PNG, JPEG, GIF or WebP picture ("
                            + bytes.length
                            + " bytes)."));
    int side = PictureSize.longerSide(bytes, type);
    if (side > MAX_SIDE) {
      throw new ToolException(
          name
              + " is "
              + side
              + " pixels on its longer side; at most "
              + MAX_SIDE
              + " are accepted. Make a smaller copy and read that.");
    }
    return new InlinePicture(type, Base64.getEncoder().encodeToString(bytes), bytes.length);
  }

  /**
   * Takes a picture from a file.
   *
   * @throws IOException when it can't be read
   * @throws ToolException when it is no picture, or larger than the service takes
   */
  public static InlinePicture read(Path file) throws IOException, ToolException {
    checkSize(TextFile.regular(file).size(), file.toString());
    return of(Files.readAllBytes(file), file.toString());
  }

  private static void checkSize(long size, String name) throws ToolException {
    if (size > MAX_BYTES) {
      throw new ToolException(
          name
              + " has "
              + size
              + " bytes; pictures may have at most "
              + MAX_BYTES
              + ". Make a smaller copy and read that.");
    }
  }

  /** As it stands in a message. */
  ObjectNode source() {
    return Json.object().put("type", "base64").put("media_type", mediaType).put("data", base64);
  }

  /** Whether a file with this name should be a picture of a kind that the service takes. */
  public static boolean isNamedLikeOne(String name) {
    return MediaFiles.pictureType(name.toLowerCase(Locale.ROOT)).isPresent();
  }

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
}
