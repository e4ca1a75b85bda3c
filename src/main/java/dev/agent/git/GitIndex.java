package dev.agent.git;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;

/** The index of a work tree: what git tracks, in versions 2 to 4 of the format. */
public final class GitIndex {
  private static final int SIGNATURE = 0x44495243; // "DIRC"
  private static final int BEFORE_MODE = 24;
  private static final int MODE = 4;
  private static final int BEHIND_MODE = 12;
  private static final int HASH_BYTES = 20;
  private static final int FLAGS = 2;
  private static final int NAME_LENGTH = 0xfff;
  private static final int EXTENDED = 0x4000;

  private GitIndex() {}

  /**
   * Something that is tracked.
   *
   * @param mode type and permissions, as git has them
   * @param path from the root of the work tree; with a slash at its end a whole directory of a
   *     sparse index
   */
  public record Entry(int mode, String path) {
    private static final int TYPE = 0xf000;
    private static final int GITLINK = 0xe000;

    /** Whether it is the root of a repository of its own. */
    public boolean isRepository() {
      return (mode & TYPE) == GITLINK;
    }
  }

  /**
   * Shows the entries, which are sorted by the bytes of their paths. Without an index there are
   * none.
   *
   * @param git the directory that holds the index
   * @param more called with each entry; false when no further one is wanted
   * @return false when the index can't be read or understood to its end, and so may hold anything
   */
  public static boolean read(Path git, Predicate<Entry> more) {
    Path index = git.resolve("index");
    if (!Files.exists(index)) {
      return true; // nothing was ever added
    }
    try {
      return Files.isRegularFile(index) && !isSplit(git) && entries(index, more);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static boolean isSplit(Path git) throws IOException {
    try (DirectoryStream<Path> shared = Files.newDirectoryStream(git, "sharedindex.*")) {
      return shared.iterator().hasNext();
    }
  }

  private static boolean entries(Path index, Predicate<Entry> more) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(index), 1 << 16))) {
      if (in.readInt() != SIGNATURE) {
        return false;
      }
      int version = in.readInt();
      int count = in.readInt();
      if (version < 2 || version > 4) {
        return false;
      }
      byte[] name = {};
      for (int i = 0; i < count; i++) {
        in.skipNBytes(BEFORE_MODE);
        int mode = in.readInt();
        in.skipNBytes(BEHIND_MODE + HASH_BYTES);
        int flags = in.readUnsignedShort();
        boolean extended = version >= 3 && (flags & EXTENDED) != 0;
        if (extended) {
          in.skipNBytes(FLAGS);
        }
        byte[] kept = version == 4 ? Arrays.copyOf(name, name.length - varint(in)) : new byte[0];
        name = upToZero(in, kept);
        int length = flags & NAME_LENGTH;
        if (name.length == 0 || length < NAME_LENGTH && length != name.length) {
          return false; // hashes of another size, or damage
        }
        if (version < 4) {
          int before = BEFORE_MODE + MODE + BEHIND_MODE + HASH_BYTES + (extended ? 2 : 1) * FLAGS;
          in.skipNBytes(7 - (before + name.length) % 8); // one zero was read; padded to eight
        }
        if (!more.test(new Entry(mode, new String(name, StandardCharsets.UTF_8)))) {
          return true;
        }
      }
      return true;
    }
  }

  private static byte[] upToZero(DataInputStream in, byte[] beginning) throws IOException {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    name.writeBytes(beginning);
    for (int b = in.readUnsignedByte(); b != 0; b = in.readUnsignedByte()) {
      name.write(b);
    }
    return name.toByteArray();
  }

  /** The index's own numbers: seven bits a byte, each further byte adds one before shifting. */
  private static int varint(DataInputStream in) throws IOException {
    int b = in.readUnsignedByte();
    int value = b & 0x7f;
    while ((b & 0x80) != 0) {
      b = in.readUnsignedByte();
      value = ((value + 1) << 7) | (b & 0x7f);
    }
    return value;
  }
}
