package dev.agent.tui.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.command.Panel;
import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.command.Panel.Share;
import dev.agent.tui.markup.Highlighter;
import dev.agent.tui.markup.Markdown;
import dev.agent.tui.theme.Token;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelDialogTest {
  private static final Step<PanelDialog.Closed> CLOSED =
      new Step.Answered<>(new PanelDialog.Closed());

  private final Golden golden = new Golden(getClass());

  static PanelDialog table() {
    Panel panel =
        Panel.of(
            "Context",
            new Section.Shares(
                "41k of 200k tokens",
                List.of(
                    new Share("System prompt", 3_120, false),
                    new Share("Tools", 11_400, false),
                    new Share("Messages", 26_480, false),
                    new Share("Free", 159_000, true)),
                200_000),
            new Section.Table(
                "Models",
                List.of(
                    new Column("Model", false),
                    new Column("Requests", true),
                    new Column("Input", true),
                    new Column("Output", true),
                    new Column("Cost", true)),
                List.of(
                    List.of("middle-model-4-5", "14", "41k", "1.9k", "$0.12"),
                    List.of("small-model-4-5-with-a-long-name", "3", "2k", "", "$0.00"))),
            new Section.Items(
                "Checks",
                List.of(
                    new Panel.Item(Panel.Mark.GOOD, "Model service", "answers"),
                    new Panel.Item(
                        Panel.Mark.WARNING,
                        "Sandbox",
                        "bubblewrap is not there: commands run outside of a sandbox."),
                    new Panel.Item(Panel.Mark.BAD, "Settings", "line 7 is not JSON"))),
            new Section.Text("More with **/doctor**."));
    Markdown markdown = new Markdown(new Highlighter(() -> Instant.EPOCH), false);
    return new PanelDialog(
        panel.title(),
        "this session",
        new PanelBody(
            panel, text -> (width, theme) -> markdown.rows(text, width, theme), _ -> Body.EMPTY));
  }

  private static PanelDialog text() {
    return new PanelDialog(
        "Doctor",
        "",
        (width, theme) -> Text.wrap("All is well. ".repeat(400), width, theme.style(Token.TEXT)));
  }

  static PanelDialog help() {
    return new PanelDialog("Keys", "", Help.of(Press.KEYMAP));
  }

  @Test
  void looksCalm() {
    golden.check("table", PanelDialogTest::table);
    golden.check("text", PanelDialogTest::text);
    golden.check("help", PanelDialogTest::help);
    golden.check("help", PanelDialogTest::help, 200, 50);
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
    PanelDialog panel = text();
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
        Sizes.text(new PanelDialog("Keys", "", Help.of(Press.KEYMAP.with(mine, "mine").keymap())));

    assertThat(text).containsPattern("f7 +why is it asked");
  }

  @Test
  void aPanelCanTakeTheWholeScreen() {
    PanelDialog panel = help();
    panel.on(Press.CTRL_E);
    assertThat(panel.isFullScreen()).isTrue();
  }

  @Test
  void fitsEverySize() {
    Sizes.assertFits(PanelDialogTest::table);
    Sizes.assertFits(PanelDialogTest::help);
  }
}
