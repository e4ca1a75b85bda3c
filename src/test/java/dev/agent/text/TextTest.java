package dev.agent.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @Test
  void hunksTurnTheOldTextIntoTheNewOne() {
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      String before = text(random, random.nextInt(40));
      String after =
          random.nextBoolean() ? text(random, random.nextInt(40)) : changed(random, before);
      assertThat(applied(before, Diffs.hunks(before, after)))
          .as("%s -> %s", before, after)
          .isEqualTo(after.lines().toList());
    }
  }

  private static String text(Random random, int lines) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      out.append((char) ('a' + random.nextInt(6))).append('\n');
    }
    return out.toString();
  }

  private static String changed(Random random, String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    for (int i = random.nextInt(4); i > 0; i--) {
      lines.add(random.nextInt(lines.size() + 1), "new" + i);
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** What patch(1) would make of it; fails when counts or places are wrong. */
  private static List<String> applied(String before, List<Diffs.Hunk> hunks) {
    List<String> old = before.lines().toList();
    List<String> out = new ArrayList<>();
    int at = 0;
    for (Diffs.Hunk hunk : hunks) {
      int from = hunk.oldLines() == 0 ? hunk.oldStart() : hunk.oldStart() - 1;
      out.addAll(old.subList(at, from));
      at = from;
      assertThat(out).hasSize(hunk.newLines() == 0 ? hunk.newStart() : hunk.newStart() - 1);
      int oldLines = 0;
      int newLines = 0;
      for (String line : hunk.lines()) {
        char kind = line.charAt(0);
        if (kind != '+') {
          assertThat(old.get(at++)).isEqualTo(line.substring(1));
          oldLines++;
        }
        if (kind != '-') {
          out.add(line.substring(1));
          newLines++;
        }
      }
      assertThat(oldLines).isEqualTo(hunk.oldLines());
      assertThat(newLines).isEqualTo(hunk.newLines());
    }
    out.addAll(old.subList(at, old.size()));
    return out;
  }

  @Test
  void aLargeFileRewrittenIsOneHunk() {
    StringBuilder before = new StringBuilder("same\n");
    StringBuilder after = new StringBuilder("same\n");
    for (int i = 0; i < 60_000; i++) {
      before.append("old ").append(i).append('\n');
      after.append("new ").append(i).append('\n');
    }
    assertThat(Diffs.hunks(before.toString(), after.toString()))
        .singleElement()
        .satisfies(hunk -> assertThat(hunk.oldLines()).isEqualTo(60_001));
  }

  @ParameterizedTest
  @CsvSource({
    "Mian,Main",
    "readme.md,README.md",
    "User.jav,User.java",
    "conifg.json,config.json",
    "Service,UserService"
  })
  void nearNamesAreFound(String wanted, String meant) {
    assertThat(
            NearestNames.of(
                wanted,
                List.of("Main", "README.md", "User.java", "config.json", "UserService", "zzz"),
                1))
        .containsExactly(meant);
  }

  @Test
  void farNamesAreNotFound() {
    assertThat(NearestNames.of("alpha", List.of("omega", "x", ""), 3)).isEmpty();
  }

  @Test
  void distanceIsSymmetricAndCountsSwaps() {
    Random random = new Random(4);
    assertThat(NearestNames.distance("ab", "ba")).isEqualTo(1);
    for (int round = 0; round < 1_000; round++) {
      String a = text(random, random.nextInt(6));
      String b = text(random, random.nextInt(6));
      assertThat(NearestNames.distance(a, b))
          .isEqualTo(NearestNames.distance(b, a))
          .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
      assertThat(NearestNames.distance(a, a)).isZero();
    }
  }

  @Test
  void clippingNeverTearsACharacter() {
    String text = "a\ud83d\ude00b\ud83d\ude00";
    for (int chars = 0; chars <= text.length() + 1; chars++) {
      assertThat(Clip.hasLoneSurrogate(Clip.head(text, chars))).isFalse();
      assertThat(Clip.hasLoneSurrogate(Clip.tail(text, chars))).isFalse();
      assertThat(Clip.head(text, chars).length()).isLessThanOrEqualTo(chars + 1);
    }
    assertThat(Clip.head(text, 6)).isEqualTo(text);
    assertThat(Clip.hasLoneSurrogate("x\ud83d")).isTrue();
    assertThat(Clip.hasLoneSurrogate("\ude00x")).isTrue();
  }

  @Test
  void invisibleCharactersBecomeVisible() {
    assertThat(Visible.of("a\nb\t\u001b[31m\u202e\u200bé\ud83d\ude00\ud800"))
        .isEqualTo("a\\nb\\t\\u001B[31m\\u202E\\u200Bé\ud83d\ude00\\uD800");
    assertThat(Visible.of("\udb40\udc41")).isEqualTo("\\u{E0041}");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'a\u001b[31mb',ab",
        "'x\by',y",
        "'10%\r20%\n','20%\n'",
        "'a\r\nb','a\nb'",
        "'\u001b]0;title\u0007z',z",
        "'\u001b[',''",
        "'t\u0000u',tu"
      })
  void controlSequencesGo(String with, String without) {
    assertThat(Ansi.strip(with)).isEqualTo(without);
  }
}
