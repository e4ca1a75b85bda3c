package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which directories the person trusts, and what of them: each thing that a repository wants to do
 * is approved by itself, by its hash, so that a change is asked about again. Kept in a file of the
 * person's own. Trust in a directory holds below it as well, for the same things.
 */
public final class Trust {
  private final Path file;

  public Trust(Places places) {
    this.file = places.config().resolve("trust.json");
  }

  /**
   * How a directory stands.
   *
   * @param approved hashes of the contributions that were approved
   */
  public record Standing(boolean trusted, Set<String> approved) {
    public Standing {
      approved = Set.copyOf(approved);
    }

    /** Whether the contribution with this hash may count. */
    boolean approves(String hash) {
      return trusted && approved.contains(hash);
    }
  }

  Path file() {
    return file;
  }

  /** How a directory stands by itself and those above it. What can't be read is not trusted. */
  public Standing standing(Path directory) {
    Set<String> approved = new HashSet<>();
    boolean trusted = false;
    if (Files.isRegularFile(file)) {
      try {
        JsonNode all = Json.STRICT.readTree(Files.readAllBytes(file)).path("trusted");
        for (Path at = directory.toRealPath(); at != null; at = at.getParent()) {
          JsonNode entry = all.path(at.toString());
          trusted |= entry.isObject() || entry.asBoolean(false);
          entry.path("approved").fieldNames().forEachRemaining(approved::add);
        }
      } catch (IOException e) {
        return new Standing(false, Set.of());
      }
    }
    return new Standing(trusted, approved);
  }

  /**
   * Remembers a directory as trusted, with what was shown to the person. What was approved there
   * before and is no longer wanted is forgotten.
   *
   * @throws UserError when that can't be stored
   */
  public void grant(Path directory, List<Contribution> shown) {
    change(
        "The trust in " + directory + " could not be stored",
        trusted -> {
          ObjectNode approved =
              trusted.putObject(directory.toRealPath().toString()).putObject("approved");
          shown.forEach(it -> approved.put(it.hash(), it.key()));
          return true;
        });
  }

  /**
   * Forgets a directory.
   *
   * @param directory as it is listed; need not exist any more
   * @return whether it was trusted by itself
   * @throws UserError when that can't be stored
   */
  public boolean revoke(Path directory) {
    return change(
        "The trust in " + directory + " could not be taken back",
        trusted -> {
          Path real = Files.exists(directory) ? directory.toRealPath() : directory;
          boolean was = trusted.remove(real.toString()) != null;
          return trusted.remove(directory.toString()) != null || was;
        });
  }

  /** The trusted directories, each with the number of things approved there. */
  public Map<String, Integer> list() {
    Map<String, Integer> list = new TreeMap<>();
    try {
      read()
          .path("trusted")
          .properties()
          .forEach(it -> list.put(it.getKey(), it.getValue().path("approved").size()));
    } catch (IOException e) {
      throw unreadable(e);
    }
    return list;
  }

  private ObjectNode read() throws IOException {
    return Files.isRegularFile(file)
            && Json.STRICT.readTree(Files.readAllBytes(file)) instanceof ObjectNode known
        ? known
        : Json.object();
  }

  private UserError unreadable(IOException e) {
    return new UserError(
        "The list of trusted directories " + file + " can't be read (" + e.getMessage() + ").",
        "Correct the file or remove it; nothing is trusted until then.");
  }

  private interface Change {
    boolean apply(ObjectNode trusted) throws IOException;
  }

  private boolean change(String failure, Change change) {
    ObjectNode document;
    try {
      document = read();
    } catch (IOException e) {
      throw unreadable(e);
    }
    try {
      ObjectNode trusted =
          document.get("trusted") instanceof ObjectNode known
              ? known
              : document.putObject("trusted");
      boolean changed = change.apply(trusted);
      if (changed) {
        SafeFile.write(file, Json.pretty(document) + "\n");
      }
      return changed;
    } catch (IOException e) {
      throw new UserError(
          failure + " in " + file + " (" + e.getMessage() + ").",
          "Check the directory and its permissions.");
    }
  }
}
