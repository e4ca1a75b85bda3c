package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Which directories the person trusts: their settings may run programs and allow things. Kept in a
 * file of the person's own; a directory counts with all below it.
 */
public final class Trust {
  private final Path file;

  public Trust(Places places) {
    this.file = places.config().resolve("trust.json");
  }

  /** Whether the directory or one above it is trusted. What can't be read is not. */
  public boolean isTrusted(Path directory) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      JsonNode trusted = Json.STRICT.readTree(Files.readAllBytes(file)).path("trusted");
      for (Path at = directory.toRealPath(); at != null; at = at.getParent()) {
        if (trusted.path(at.toString()).asBoolean(false)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Remembers a directory as trusted.
   *
   * @throws UserError when that can't be stored
   */
  public void grant(Path directory) {
    try {
      ObjectNode document = Json.object();
      if (Files.isRegularFile(file)
          && Json.STRICT.readTree(Files.readAllBytes(file)) instanceof ObjectNode known) {
        document = known;
      }
      ObjectNode trusted =
          document.get("trusted") instanceof ObjectNode known
              ? known
              : document.putObject("trusted");
      trusted.put(directory.toRealPath().toString(), true);
      Files.createDirectories(file.getParent());
      Path fresh = file.resolveSibling("trust.json.new");
      Files.writeString(fresh, Json.pretty(document) + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserError(
          "The trust in "
              + directory
              + " could not be stored in "
              + file
              + " ("
              + e.getMessage()
              + ").",
          "Check the directory and its permissions.");
    }
  }
}
