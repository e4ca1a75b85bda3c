package dev.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8StreamTest {
  @Test
  void pieces_of_any_size_give_the_text_of_the_whole() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        int[] ranges = {0x7F, 0x7FF, 0xD7FF, 0x10FFFF};
        int point = random.nextInt(ranges[random.nextInt(4)] + 1);
        text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 'x' : point);
      }
      assertPieces(text.toString().getBytes(StandardCharsets.UTF_8), random, text.toString());
    }
  }

  @Test
  void no_bytes_make_it_fail_or_lose_plain_text() {
    Random random = new Random(8);
    for (int round = 0; round < 500; round++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      String whole = new String(bytes, StandardCharsets.UTF_8);
      String pieces = inPieces(bytes, random);
      assertThat(pieces.replace("\uFFFD", "")).isEqualTo(whole.replace("\uFFFD", ""));
    }
  }

  private static void assertPieces(byte[] bytes, Random random, String expected) {
    assertThat(inPieces(bytes, random)).isEqualTo(expected);
  }

  private static String inPieces(byte[] bytes, Random random) {
    Utf8Stream stream = new Utf8Stream();
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < bytes.length; ) {
      int n = Math.min(bytes.length - at, random.nextInt(4));
      out.append(stream.decode(Arrays.copyOfRange(bytes, at, at + n), n));
      at += n;
    }
    return out.append(stream.end()).toString();
  }
}
