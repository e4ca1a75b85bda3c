package dev.agent.tui.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.input.InputEvent.Pasted;
import dev.agent.tui.input.InputEvent.Pressed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code -Dfuzz.bytes=10000000} takes that many bytes instead of two million. */
class InputDecoderFuzzTest {
  private static final int BYTES = Integer.getInteger("fuzz.bytes", 2_000_000);

  /** Bytes that lead somewhere, more often than chance has it. */
  private static final String HINTS =
      "\u001b\u001b\u001b[[]OP_^X?<>=;;:0123456789$ ~uMmAcRyn\u0007\\\r\n\t\u0003\u007f200~201~";

  @Test
  void noBytesBreakIt() {
    Random random = new Random(20260311);
    Checked events = new Checked();
    InputDecoder decoder = new InputDecoder(InputDecoder.LOCAL_WAIT, events::check);
    byte[] chunk = new byte[64];
    long now = 0;

    for (int total = 0; total < BYTES; ) {
      int length = 1 + random.nextInt(chunk.length);
      for (int i = 0; i < length; i++) {
        chunk[i] =
            (byte)
                (random.nextInt(3) == 0
                    ? random.nextInt(256)
                    : HINTS.charAt(random.nextInt(HINTS.length())));
      }
      decoder.feed(chunk, 0, length, now);
      total += length;
      if (random.nextInt(4) == 0) {
        now += random.nextInt(60) * Fed.MILLISECOND;
        if (decoder.timeout(now).orElse(1) == 0) {
          decoder.expire(now);
        }
      }
    }
    decoder.finish(now);

    assertThat(events.count).isPositive();
    assertThat(events.wrong).isEmpty();
    long before = events.count;
    decoder.feed(new byte[] {'k'}, now + 100 * Fed.MILLISECOND);
    assertThat(events.count).as("the keyboard still works").isEqualTo(before + 1);
  }

  @Test
  void textBetweenSequencesIsConservedAndNothingElseIsTyped() {
    Random random = new Random(7);
    int total = 0;
    while (total < BYTES / 4) {
      StringBuilder text = new StringBuilder();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int i = 0; i < 40; i++) {
        String piece = piece(random, text);
        bytes.writeBytes(piece.getBytes(StandardCharsets.UTF_8));
      }
      total += bytes.size();

      Fed fed = inPieces(random, bytes.toByteArray());

      assertThat(Fed.text(fed.events)).isEqualTo(text.toString());
    }
  }

  @Test
  void pastesAreConserved() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(400);
      while (text.length() < length) {
        text.append(character(random));
      }
      String sent = text.toString().replace("\n", random.nextBoolean() ? "\r" : "\r\n");

      Fed marked =
          inPieces(random, ("\u001b[200~" + sent + "\u001b[201~").getBytes(StandardCharsets.UTF_8));
      Fed burst = inPieces(random, sent.getBytes(StandardCharsets.UTF_8));

      assertThat(marked.events).containsExactly(new Pasted(text.toString()));
      assertThat(Fed.text(burst.events)).isEqualTo(text.toString());
    }
  }

  private static Fed inPieces(Random random, byte[] bytes) {
    Fed fed = new Fed();
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(30));
      fed.decoder.feed(bytes, at, end, fed.now);
      at = end;
    }
    fed.decoder.finish(fed.now);
    return fed;
  }

  /** Text, which is noted, or a sequence that types nothing. */
  private static String piece(Random random, StringBuilder text) {
    return switch (random.nextInt(8)) {
      case 0 -> "\u001b[" + numbers(random) + "A";
      case 1 -> "\u001b[?" + numbers(random) + "hlncy".charAt(random.nextInt(5));
      case 2 -> "\u001b]" + numbers(random) + ";text\u0007";
      case 3 -> "\u001bP" + numbers(random) + "text äß\u001b\\";
      case 4 -> "\u001b[<" + random.nextInt(70) + ";5;6M";
      case 5 -> "\u001b_text\u001b\\";
      default -> {
        StringBuilder run = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
          run.append(character(random));
        }
        text.append(run);
        yield run.toString();
      }
    };
  }

  private static String numbers(Random random) {
    return random.nextInt(200) + ";" + random.nextInt(5);
  }

  private static String character(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> "\n";
      case 1 -> "ä";
      case 2 -> "漢";
      case 3 -> "😀";
      case 4 -> "\t";
      default -> String.valueOf((char) (' ' + random.nextInt(95)));
    };
  }

  /** Looks at each event on its own. */
  private static final class Checked {
    private final List<InputEvent> wrong = new ArrayList<>();
    private long count;

    private void check(InputEvent event) {
      count++;
      boolean fine =
          switch (event) {
            case Pressed(Key key) ->
                key.text().codePoints().noneMatch(Character::isISOControl)
                    && (!key.types() || key.text().codePointCount(0, key.text().length()) <= 16);
            case Pasted paste ->
                paste
                    .text()
                    .chars()
                    .allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c));
            default -> true;
          };
      if (!fine && wrong.size() < 10) {
        wrong.add(event);
      }
    }
  }
}
