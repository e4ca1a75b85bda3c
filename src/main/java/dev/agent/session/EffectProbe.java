package dev.agent.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Looks whether an interrupted call has left its mark. Blocks on I/O; never throws. */
@FunctionalInterface
public interface EffectProbe {

  /** What was seen. */
  enum Finding {
    /** Everything the call could change is as it was before. */
    UNCHANGED,
    /** Something it could change is different now. */
    CHANGED,
    /** No way to tell. */
    UNKNOWN
  }

  /** Never knows. */
  EffectProbe NONE = _ -> Finding.UNKNOWN;

  Finding look(Entry.ToolIntent intent);

  /** Compares the files that the intent names with the hashes taken before the call. */
  static EffectProbe files() {
    return EffectProbe::compare;
  }

  private static Finding compare(Entry.ToolIntent intent) {
    if (!intent.effect().equals("writes")
        || intent.paths().isEmpty()
        || !intent.preHashes().keySet().containsAll(intent.paths())) {
      return Finding.UNKNOWN;
    }
    for (Map.Entry<String, String> before : intent.preHashes().entrySet()) {
      String now;
      try {
        now = hash(Path.of(before.getKey()));
      } catch (IOException | InvalidPathException e) {
        return Finding.UNKNOWN;
      }
      if (!now.equals(before.getValue())) {
        return Finding.CHANGED;
      }
    }
    return Finding.UNCHANGED;
  }

  /**
   * The form of hash that intents carry: {@code sha256:} and hex digits, or {@code absent} where no
   * file is.
   *
   * @throws IOException when there is something that is not a readable regular file
   */
  static String hash(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return "absent";
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("not a regular file: " + file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[64 * 1024];
      int count;
      while ((count = in.read(chunk)) > 0) {
        digest.update(chunk, 0, count);
      }
      return "sha256:" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
