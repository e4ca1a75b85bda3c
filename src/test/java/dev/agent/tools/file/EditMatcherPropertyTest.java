package dev.agent.tools.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EditMatcherPropertyTest {
  private static final String[] PIECES = {
    "a",
    "b",
    "foo()",
    "x = 1;",
    "}",
    "{",
    " ",
    "  ",
    "\t",
    "\u00a0",
    "\u201cq\u201d",
    "\"q\"",
    "e\u0301",
    "\u00e9",
    "\u2026",
    "...",
    "\u200b",
    "\ud83d\ude00",
    "1\t",
    "// note"
  };
  private static final String[] ENDS = {"\n", "\n", "\n", "\r\n", "\r"};

  private static String text(Random random, int lines) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      for (int k = random.nextInt(4); k > 0; k--) {
        out.append(PIECES[random.nextInt(PIECES.length)]);
      }
      out.append(ENDS[random.nextInt(ENDS.length)]);
    }
    return out.toString();
  }

  /** What a model that remembers roughly would send. */
  private static String disturbed(Random random, String text) {
    String out = FileLines.withLineEnds(text, "\n");
    return switch (random.nextInt(7)) {
      case 0 -> out;
      case 1 -> out.replace("\t", "    ");
      case 2 -> out.replace('\u00a0', ' ').replace('\u201c', '"').replace('\u201d', '"');
      case 3 -> out.replace("\n", "  \n");
      case 4 -> "    " + out.replace("\n", "\n    ").stripTrailing() + "\n";
      case 5 -> out.replace("e\u0301", "\u00e9").replace("\u2026", "...").replace("\u200b", "");
      default -> out.replace("note", "not");
    };
  }

  private static int[] borders(Random random, String text) {
    int from = random.nextInt(text.length());
    int to = from + 1 + random.nextInt(Math.min(40, text.length() - from));
    return new int[] {from, to};
  }

  @Test
  void whateverMatchesLiesInTheFileAndNothingOutsideOfItChanges() {
    Random random = new Random(11);
    int found = 0;
    for (int round = 0; round < 20_000; round++) {
      String text = text(random, 1 + random.nextInt(12));
      int[] borders = borders(random, text);
      String old = disturbed(random, text.substring(borders[0], borders[1]));
      String fresh = disturbed(random, text(random, random.nextInt(4)));
      if (old.isEmpty()) {
        continue;
      }
      EditMatcher.Answer answer = EditMatcher.exact(text, old, fresh, random.nextInt(4) == 0, "\n");
      if (answer instanceof EditMatcher.Answer.Nowhere) {
        answer = EditMatcher.approximate(text, old, fresh, "\n");
        assertThat(
                answer instanceof EditMatcher.Answer.Found(List<EditMatcher.Change> changes, _)
                    ? changes.size()
                    : 1)
            .isEqualTo(1);
      }
      if (answer instanceof EditMatcher.Answer.Found(List<EditMatcher.Change> changes, _)) {
        found++;
        int before = 0;
        for (EditMatcher.Change change : changes) {
          assertThat(change.from()).isBetween(before, text.length());
          assertThat(change.to()).isBetween(change.from(), text.length());
          assertCharacterBorder(text, change.from());
          assertCharacterBorder(text, change.to());
          before = change.to();
        }
      }
    }
    assertThat(found).isGreaterThan(5_000);
  }

  private static void assertCharacterBorder(String text, int at) {
    if (at > 0 && at < text.length()) {
      assertThat(
              Character.isLowSurrogate(text.charAt(at))
                  && Character.isHighSurrogate(text.charAt(at - 1)))
          .isFalse();
      assertThat(text.charAt(at) == '\n' && text.charAt(at - 1) == '\r')
          .as("a CRLF torn at %s in %s", at, text)
          .isFalse();
    }
  }

  @Test
  void aMatchIsNeverOneOfSeveral() {
    Random random = new Random(12);
    for (int round = 0; round < 5_000; round++) {
      String text = text(random, 3 + random.nextInt(6));
      int[] borders = borders(random, text);
      String old = text.substring(borders[0], borders[1]);
      String twice = text + "\n" + text;
      EditMatcher.Answer answer = EditMatcher.exact(twice, old, "new", false, "\n");
      assertThat(answer).as("%s in %s", old, twice).isNotInstanceOf(EditMatcher.Answer.Found.class);
      if (answer instanceof EditMatcher.Answer.Nowhere) {
        assertThat(EditMatcher.approximate(twice, old, "new", "\n"))
            .isNotInstanceOf(EditMatcher.Answer.Found.class);
      }
    }
  }

  @Test
  void aDisturbedBlockIsNeverFoundTwiceOver() {
    Random random = new Random(13);
    for (int round = 0; round < 5_000; round++) {
      String block = "begin " + text(random, 2 + random.nextInt(5)) + "end\n";
      String old = disturbed(random, block);
      EditMatcher.Answer answer =
          EditMatcher.exact(block + "other\n" + block, old, "new\n", false, "\n");
      if (answer instanceof EditMatcher.Answer.Nowhere) {
        answer = EditMatcher.approximate(block + "other\n" + block, old, "new\n", "\n");
      }
      assertThat(answer).as(old).isNotInstanceOf(EditMatcher.Answer.Found.class);
    }
  }

  @Test
  void linesThatTheEditDoesNotChangeKeepTheirBytes() {
    Random random = new Random(14);
    int found = 0;
    for (int round = 0; round < 5_000; round++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        lines.add(
            "k"
                + i
                + " "
                + PIECES[random.nextInt(PIECES.length)]
                + "w"
                + ENDS[random.nextInt(ENDS.length)]);
      }
      String text = String.join("", lines);
      String old = disturbed(random, text);
      String fresh = old.replace("k3 ", "changed ");
      EditMatcher.Answer answer = EditMatcher.exact(text, old, fresh, false, "\n");
      if (answer instanceof EditMatcher.Answer.Nowhere) {
        answer = EditMatcher.approximate(text, old, fresh, "\n");
      }
      if (answer instanceof EditMatcher.Answer.Found(List<EditMatcher.Change> changes, _)) {
        found++;
        EditMatcher.Change change = changes.getFirst();
        String result =
            text.substring(0, change.from()) + change.replacement() + text.substring(change.to());
        for (int i = 0; i < 6; i++) {
          if (i != 3) {
            assertThat(result).contains(lines.get(i));
          }
        }
        assertThat(result).contains("changed ").doesNotContain("k3");
      }
    }
    assertThat(found).isGreaterThan(3_500);
  }

  @Test
  void nearestPlaceNeverFailsAndStaysShort() {
    Random random = new Random(15);
    for (int round = 0; round < 3_000; round++) {
      String message =
          NearestPlace.describe(
              text(random, random.nextInt(20)), text(random, 1 + random.nextInt(5)));
      assertThat(message).isNotBlank().hasSizeLessThan(2_000);
    }
    assertThat(NearestPlace.describe("a\n\tfoo(bar)\n", "    foo(bar)"))
        .contains("line 2")
        .contains("a tab")
        .contains("a blank");
    assertThat(NearestPlace.describe("int\u00a0x = 5;", "int x = 6;"))
        .contains("U+00A0")
        .contains("column 4");
  }
}
