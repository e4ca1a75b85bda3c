package dev.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Item;
import dev.agent.command.Panel.Mark;
import dev.agent.command.Panel.Section;
import dev.agent.command.Panel.Share;
import dev.agent.tool.Display;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelTextTest {
  private static final Panel PANEL =
      Panel.of(
          "Title",
          new Section.Text("Some `text`."),
          new Section.Table(
              "Table",
              List.of(Column.text("Name"), Column.number("Size")),
              List.of(List.of("a", "1"), List.of("longer", "1000"))),
          new Section.Items(
              "",
              List.of(new Item(Mark.BAD, "it fails", "mend it"), new Item(Mark.NONE, "plain", ""))),
          new Section.Diff(
              new Display.Diff(
                  "f",
                  List.of(new Display.Hunk(4, 2, 4, 2, List.of(" x", "-old", "+new"))),
                  false)),
          new Section.Shares(
              "Shares", List.of(new Share("used", 30, false), new Share("free", 30, true)), 60));

  @Test
  void columnsAreAligned() {
    assertThat(PanelText.of(PANEL))
        .isEqualTo(
            """
            Title

            Some text.

            Table
            Name    Size
            a          1
            longer  1000

            [error] it fails
              mend it
            - plain

            f
            @@ -4,2 +4,2 @@
             x
            -old
            +new

            Shares
            [%s%s]
            #  used  30  50%%
            .  free  30  50%%
            """
                .formatted("#".repeat(30), ".".repeat(30)));
  }

  @Test
  void aRowHasAsManyCellsAsThereAreHeadings() {
    assertThatThrownBy(
            () -> new Section.Table("", List.of(Column.text("a")), List.of(List.of("1", "2"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
