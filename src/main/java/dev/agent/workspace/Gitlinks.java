package dev.agent.workspace;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which directories of a work tree the index has as repositories of their own: git goes into them
 * when it looks for changes, and obeys their configuration there. Read from the index itself.
 */
final class Gitlinks {
  private static final int SIGNATURE = 0x44495243; // "DIRC"
  private static final int BEFORE_MODE = 24;
  private static final int BEHIND_MODE = 12;
  private static final int HASH_BYTES = 20;
  private static final int TYPE = 0xf000;
  private static final int GITLINK = 0xe000;
  private static final int NAME_LENGTH = 0xfff;
  private static final int EXTENDED = 0x4000;

  private Gitlinks() {}

  /**
   * Their paths from the root of the work tree; empty when the index can't be understood, and so
   * may hold any.
   *
   * @param git the directory that holds the index
   */
  static Optional<List<String>> in(Path git) {
    Path index = git.resolve("index");
    if (!Files.exists(index)) {
      return Optional.of(List.of());
    }
    try {
      try (DirectoryStream<Path> split = Files.newDirectoryStream(git, "sharedindex.*")) {
        if (split.iterator().hasNext()) {
          return Optional.empty();
        }
      }
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(index), 1 << 16))) {
        return read(in);
      }
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<String>> read(DataInputStream in) throws IOException {
    if (in.readInt() != SIGNATURE) {
      return Optional.empty();
    }
    int version = in.readInt();
    int count = in.readInt();
    if (version < 2 || version > 4) {
      return Optional.empty();
    }
    List<String> links = new ArrayList<>();
    byte[] name = {};
    for (int i = 0; i < count; i++) {
      in.skipNBytes(BEFORE_MODE);
      int mode = in.readInt();
      in.skipNBytes(BEHIND_MODE + HASH_BYTES);
      int flags = in.readUnsignedShort();
      boolean extended = version >= 3 && (flags & EXTENDED) != 0;
      if (extended) {
        in.skipNBytes(2);
      }
      byte[] kept = version == 4 ? Arrays.copyOf(name, name.length - varint(in)) : new byte[0];
      name = upToZero(in, kept);
      int length = flags & NAME_LENGTH;
      if (length < NAME_LENGTH && length != name.length) {
        return Optional.empty(); // hashes of another size, or damage
      }
      if (version < 4) {
        int entry =
            BEFORE_MODE + 4 + BEHIND_MODE + HASH_BYTES + 2 + (extended ? 2 : 0) + name.length;
        in.skipNBytes(7 - entry % 8); // one zero was read; an entry is padded to eight bytes
      }
      if ((mode & TYPE) == GITLINK) {
        links.add(new String(name, StandardCharsets.UTF_8));
      }
    }
    return Optional.of(List.copyOf(links));
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
