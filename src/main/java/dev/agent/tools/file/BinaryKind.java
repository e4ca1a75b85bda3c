package dev.agent.tools.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Names the format of a binary file by its first bytes. */
final class BinaryKind {
  private record Magic(int at, String bytes, String name) {}

  /** The bytes are written as ISO 8859-1. */
  private static final List<Magic> KNOWN =
      List.of(
          new Magic(0, "\u007fELF", "ELF program or library"),
          new Magic(0, "MZ", "Windows program"),
          new Magic(0, "\u00ca\u00fe\u00ba\u00be", "Java class"),
          new Magic(0, "\u00cf\u00fa\u00ed\u00fe", "macOS program"),
          new Magic(0, "\u0000asm", "WebAssembly"),
          new Magic(0, "PK\u0003\u0004", "ZIP archive (also jar, docx, xlsx)"),
          new Magic(0, "\u001f\u008b", "gzip"),
          new Magic(0, "BZh", "bzip2"),
          new Magic(0, "\u00fd7zXZ", "xz"),
          new Magic(0, "(\u00b5/\u00fd", "zstd"),
          new Magic(0, "7z\u00bc\u00af", "7-Zip archive"),
          new Magic(257, "ustar", "tar archive"),
          new Magic(0, "SQLite format 3", "SQLite database"),
          new Magic(0, "\u0089PNG", "PNG picture"),
          new Magic(0, "\u00ff\u00d8\u00ff", "JPEG picture"),
          new Magic(0, "GIF8", "GIF picture"),
          new Magic(8, "WEBP", "WebP picture"),
          new Magic(0, "BM", "BMP picture"),
          new Magic(0, "II*\u0000", "TIFF picture"),
          new Magic(0, "%PDF", "PDF document"),
          new Magic(0, "\u00d0\u00cf\u0011\u00e0", "old Office document"),
          new Magic(4, "ftyp", "MP4 video"),
          new Magic(0, "OggS", "Ogg sound"),
          new Magic(0, "ID3", "MP3 sound"),
          new Magic(8, "WAVE", "WAV sound"),
          new Magic(0, "wOF2", "font"),
          new Magic(0, "PAR1", "Parquet table"));

  private BinaryKind() {}

  static String of(Path path) {
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(512);
    } catch (IOException e) {
      return "unknown format";
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    for (Magic magic : KNOWN) {
      if (text.startsWith(magic.bytes(), magic.at())) {
        return magic.name();
      }
    }
    return "unknown format";
  }
}
