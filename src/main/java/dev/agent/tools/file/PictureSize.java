package dev.agent.tools.file;

/** The longer side of a picture in pixels, from its header; nothing is decoded. Pure. */
final class PictureSize {
  private PictureSize() {}

  /** 0 when the header does not tell. */
  static int longerSide(byte[] b, String type) {
    return switch (type) {
      case "image/png" -> b.length < 24 ? 0 : Math.max(big(b, 16, 4), big(b, 20, 4));
      case "image/gif" -> b.length < 10 ? 0 : Math.max(little(b, 6, 2), little(b, 8, 2));
      case "image/jpeg" -> jpeg(b);
      case "image/webp" -> webp(b);
      default -> 0;
    };
  }

  /**
   * Segments follow each other until a frame header (SOF0 to SOF15 but for the three other uses of
   * these numbers) tells the size.
   */
  private static int jpeg(byte[] b) {
    int at = 2;
    while (at + 9 < b.length && (b[at] & 255) == 0xFF) {
      int marker = b[at + 1] & 255;
      if (marker == 0xFF) {
        at++;
      } else if ((marker >= 0xD0 && marker <= 0xD9) || marker == 0x01) {
        at += 2;
      } else if (marker >= 0xC0
          && marker <= 0xCF
          && marker != 0xC4
          && marker != 0xC8
          && marker != 0xCC) {
        return Math.max(big(b, at + 5, 2), big(b, at + 7, 2));
      } else {
        at += 2 + Math.max(2, big(b, at + 2, 2));
      }
    }
    return 0;
  }

  private static int webp(byte[] b) {
    if (b.length < 30) {
      return 0;
    }
    return switch (b[15]) {
      case ' ' -> Math.max(little(b, 26, 2) & 0x3FFF, little(b, 28, 2) & 0x3FFF);
      case 'L' -> {
        int bits = little(b, 21, 4);
        yield Math.max((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1);
      }
      case 'X' -> Math.max(little(b, 24, 3) + 1, little(b, 27, 3) + 1);
      default -> 0;
    };
  }

  private static int big(byte[] b, int at, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | (b[at + i] & 255);
    }
    return value < 0 ? Integer.MAX_VALUE : value;
  }

  private static int little(byte[] b, int at, int count) {
    int value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | (b[at + i] & 255);
    }
    return value;
  }
}
