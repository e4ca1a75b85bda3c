package dev.agent.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Color;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.markup.DiffRows;
import dev.agent.tui.markup.Highlighter;
import dev.agent.tui.markup.Markdown;
import dev.agent.tui.theme.Theme;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkupBodyTest {
  private static final String TEXT =
      """
      # Result

      The loop ran **one step too far**. It is `fixed` now, with [a link](https://example.org/x).

      | file | lines |
      |--|--|
      | Main.java | 12 |
      | Sum.java | 3 |

      ```java
      for (int i = 0; i < xs.length; i++) {
        total += xs[i];
      }
      ```

      - one
      - two, which is a little longer than one
      """;

  /** Texts as the product draws them, however long that takes. */
  static MarkupBody body(Theme theme) {
    Highlighter highlighter = new Highlighter(() -> Instant.EPOCH);
    return new MarkupBody(
        new Markdown(highlighter, true), new DiffRows(highlighter, DiffRows.Layout.AUTO), theme);
  }

  private final MarkupBody body = body(ScreenViewTest.LOOK.theme());

  private static BodyRows.Answer answer(long id, String text, boolean isOpen) {
    return new BodyRows.Answer(
        id, text, isOpen, Span.decoration("● ", Style.PLAIN), Span.decoration("  ", Style.PLAIN));
  }

  @Test
  void anAnswerThatGrewLooksLikeTheWholeOneHoweverItCame() {
    Random random = new Random(2);
    for (int round = 0; round < 20; round++) {
      int at = 0;
      List<Row> rows = List.of();
      while (at < TEXT.length()) {
        at = Math.min(TEXT.length(), at + 1 + random.nextInt(30));
        int width = at == TEXT.length() ? 50 : random.nextInt(4) == 0 ? 31 : 50;
        rows = body.answer(answer(round, TEXT.substring(0, at), true), width);
        assertThat(rows).allMatch(row -> row.width() <= width);
      }
      assertThat(rows).isEqualTo(body.answer(answer(99, TEXT, false), 50));
    }
  }

  @Test
  void anotherAnswerBeginsAnew() {
    body.answer(answer(1, "First, and more", true), 40);

    assertThat(body.answer(answer(2, "Second", true), 40).getFirst().text()).isEqualTo("● Second");
    assertThat(body.answer(answer(1, "First", true), 40).getFirst().text()).isEqualTo("● First");
  }

  @Test
  void outputKeepsItsColoursAndNothingElseOfItsControls() {
    Row row = body.lines("\u001b[31mred\u001b[0m \u001b]0;title\u0007and plain").getFirst();

    assertThat(row.text()).isEqualTo("red and plain");
    assertThat(row.spans().getFirst())
        .isEqualTo(Span.of("red", Style.PLAIN.with(Color.palette(1))));
  }

  @Test
  void aLineOfOutputIsOneRowHoweverLongItIs() {
    assertThat(body.lines("x".repeat(5_000) + "\n" + "y z ".repeat(2_000)).stream().map(Row::width))
        .containsExactly(5_000, 8_000);
  }
}
