package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.testing.Golden;
import dev.agent.tui.theme.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelTest {
  private static final Step<Panel.Closed> CLOSED = new Step.Answered<>(new Panel.Closed());

  private final Golden golden = new Golden(getClass());

  static Panel table() {
    return new Panel(
        "Usage",
        "this session",
        new TableBody(
            new Section.Table(
                "",
                List.of(
                    new Column("Model", false),
                    new Column("Requests", true),
                    new Column("Input", true),
                    new Column("Output", true),
                    new Column("Cost", true)),
                List.of(
                    List.of("middle-model-4-5", "14", "41k", "1.9k", "$0.12"),
                    List.of("small-model-4-5-with-a-long-name", "3", "2k", "", "$0.00")))));
  }

  private static Panel text() {
    return new Panel(
        "Doctor",
        "",
        (width, theme) -> Text.wrap("All is well. ".repeat(400), width, theme.style(Token.TEXT)));
  }

  static Panel help() {
    return new Panel("Keys", "", Help.of(Press.KEYMAP));
  }

  @Test
  void looksCalm() {
    golden.check("table", PanelTest::table);
    golden.check("text", PanelTest::text);
    golden.check("help", PanelTest::help);
    golden.check("help", PanelTest::help, 200, 50);
  }

  @Test
  void anyWayOutCloses() {
    assertThat(table().on(Press.ESC)).isEqualTo(CLOSED);
    assertThat(table().on(Press.ENTER)).isEqualTo(CLOSED);
    assertThat(table().on(Press.CTRL_C)).isEqualTo(CLOSED);
    assertThat(table().on(Press.key("q"))).isEqualTo(CLOSED);
    assertThat(help().on(Press.key("?"))).isEqualTo(CLOSED);
    assertThat(table().on(Press.key("x"))).isEqualTo(new Step.Unused<>());
  }

  @Test
  void scrollsInside() {
    Panel panel = text();
    panel.draw(Sizes.CANVAS);
    assertThat(Sizes.text(panel)).contains("rows 1–23 of 55");
    panel.on(Press.DOWN);
    assertThat(Sizes.text(panel)).contains("rows 2–24 of 55");
    panel.on(Press.PAGE_DOWN);
    assertThat(Sizes.text(panel)).contains("rows 24–46 of 55");
    panel.on(new Input.Wheel(99));
    assertThat(Sizes.text(panel)).contains("rows 33–55 of 55");
    panel.on(Press.action(dev.agent.tui.input.Action.TOP));
    assertThat(Sizes.text(panel)).contains("rows 1–23 of 55");
  }

  @Test
  void helpKnowsTheKeymap() {
    String mine = "{\"dialog\":{\"ctrl+d\":\"none\",\"f7\":\"explain\"}}";
    String text =
        Sizes.text(new Panel("Keys", "", Help.of(Press.KEYMAP.with(mine, "mine").keymap())));

    assertThat(text).containsPattern("f7 +why is it asked");
  }

  @Test
  void aPanelCanTakeTheWholeScreen() {
    Panel panel = help();
    panel.on(Press.CTRL_E);
    assertThat(panel.isFullScreen()).isTrue();
  }

  @Test
  void fitsEverySize() {
    Sizes.assertFits(PanelTest::table);
    Sizes.assertFits(PanelTest::help);
  }
}
