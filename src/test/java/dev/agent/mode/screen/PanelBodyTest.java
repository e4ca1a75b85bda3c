package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.command.Panel;
import dev.agent.tui.cell.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelBodyTest {
  @Test
  void anItemThatIsTooLongWrapsBehindItsMark() {
    Panel panel =
        Panel.of(
            "Doctor",
            new Panel.Section.Items(
                "",
                List.of(
                    new Panel.Item(
                        Panel.Mark.WARNING, "Keys: \"ctrl+q\" has no such action; see keys", ""))));
    Appearance appearance = new Scene("dark", 80, 24).desk.appearance();

    assertThat(PanelBody.of(panel, appearance).rows(30, appearance.theme()))
        .extracting(Row::text)
        .extracting(String::stripTrailing)
        .containsExactly("! Keys: \"ctrl+q\" has no such", "  action; see keys");
  }
}
