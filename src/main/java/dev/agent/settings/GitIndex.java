package dev.agent.settings;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Whether git tracks a file, read from the index itself: no program runs, whatever the repository
 * configures. Only the entries up to the file are read; they are sorted.
 */
final class GitIndex {
  private static final int STAT_BYTES = 40;
  private static final int HASH_BYTES = 20;
  private static final int NAME_LENGTH = 0xfff;
  private static final int EXTENDED = 0x4000;
  private static final long MAX_LINK = 8192;

  private GitIndex() {}

  /**
   * Whether the file at this path, relative to the root of the work tree, is or may be tracked: an
   * index that can't be understood may hold anything. Compared without case.
   */
  static boolean mayTrack(Path root, String path) {
    try {
      Path directory = root.resolve(".git");
      if (Files.isRegularFile(directory)) {
        String link = Files.size(directory) > MAX_LINK ? "" : Files.readString(directory).strip();
        if (!link.startsWith("gitdir:")) {
          return true;
        }
        directory = root.resolve(link.substring("gitdir:".length()).strip());
      }
      Path index = directory.resolve("index");
      if (!Files.isRegularFile(index)) {
        return Files.exists(index); // absent: nothing was ever added, or no repository at all
      }
      try (DirectoryStream<Path> split = Files.newDirectoryStream(directory, "sharedindex.*")) {
        if (split.iterator().hasNext()) {
          return true;
        }
      }
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(index)))) {
        return holds(in, path);
      }
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  private static boolean holds(DataInputStream in, String path) throws IOException {
    if (in.readInt() != 0x44495243) { // "DIRC"
      return true;
    }
    int version = in.readInt();
    int count = in.readInt();
    if (version < 2 || version > 4) {
      return true;
    }
    byte[] name = {};
    for (int i = 0; i < count; i++) {
      in.skipNBytes(STAT_BYTES + HASH_BYTES);
      int flags = in.readUnsignedShort();
      boolean extended = version >= 3 && (flags & EXTENDED) != 0;
      if (extended) {
        in.skipNBytes(2);
      }
      byte[] kept = version == 4 ? Arrays.copyOf(name, name.length - varint(in)) : new byte[0];
      name = upToZero(in, kept);
      int length = flags & NAME_LENGTH;
      if (length < NAME_LENGTH && length != name.length) {
        return true; // hashes of another size, or damage
      }
      if (version < 4) {
        int entry = STAT_BYTES + HASH_BYTES + 2 + (extended ? 2 : 0) + name.length;
        in.skipNBytes(7 - entry % 8); // one zero was read; an entry is padded to eight bytes
      }
      String text = new String(name, StandardCharsets.UTF_8);
      boolean directory = text.endsWith("/");
      if (directory
          ? path.regionMatches(true, 0, text, 0, text.length())
          : text.equalsIgnoreCase(path)) {
        return true;
      }
      if (text.charAt(0) > '.') {
        return false; // sorted: all names that begin with a dot came before
      }
    }
    return false;
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
      value = (value + 1 << 7) | (b & 0x7f);
    }
    return value;
  }
}
