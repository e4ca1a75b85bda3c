package dev.agent.command;

import dev.agent.runtime.UserError;
import dev.agent.settings.SettingsSchema;
import java.util.List;
import java.util.Locale;

/**
 * A command that changes how things are shown: {@code /theme}, {@code /mouse}, {@code /tui}, {@code
 * /vim}. What was chosen is kept in the person's settings where there is such a setting.
 *
 * @param setting its key; empty when it is not kept
 * @param toggles whether the bare command goes to the next value; else it shows them
 */
record ScreenCommand(CommandInfo info, Screen.Option option, String setting, boolean toggles)
    implements SlashCommand {
  static ScreenCommand theme() {
    return new ScreenCommand(
        CommandInfo.of("theme", "[name]", "Show or change the colours").atAnyTime(),
        Screen.Option.THEME,
        "theme",
        false);
  }

  static ScreenCommand mouse() {
    return new ScreenCommand(
        CommandInfo.of("mouse", "[auto|scroll|off]", "Change what the mouse does").atAnyTime(),
        Screen.Option.MOUSE,
        "mouse",
        true);
  }

  static ScreenCommand tui() {
    return new ScreenCommand(
        CommandInfo.of(
                "tui", "[fullscreen|inline]", "Use the whole terminal, or write line by line")
            .atAnyTime(),
        Screen.Option.SURFACE,
        "tui",
        true);
  }

  static ScreenCommand vim() {
    return new ScreenCommand(
        CommandInfo.of("vim", "[vim|normal]", "Switch the keys of vim on or off").atAnyTime(),
        Screen.Option.EDITOR,
        "editorMode",
        true);
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    String now = context.screen().value(option);
    return context.screen().values(option).stream()
        .map(value -> new Choice(value, value.equals(now) ? "now" : ""))
        .toList();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    Screen screen = context.screen();
    List<String> values = screen.values(option);
    if (values.isEmpty()) {
      throw new UserError(
          "/" + info.name() + " has no effect here.",
          "It is for the screen of a terminal; start without --plain and -p.");
    }
    String wanted = arguments.toLowerCase(Locale.ROOT);
    if (wanted.isEmpty() && !toggles) {
      return option == Screen.Option.THEME
          ? new CommandResult.Open(CommandResult.Dialog.THEME, panel(screen, values))
          : new CommandResult.Show(panel(screen, values));
    }
    if (wanted.isEmpty()) {
      int now = values.indexOf(screen.value(option));
      wanted = values.get((now + 1) % values.size());
    } else if (!values.contains(wanted)) {
      throw new UserError(
          "\"" + arguments + "\" is none of the values of /" + info.name() + ".",
          "There are " + String.join(", ", values) + ".");
    }
    screen.change(option, wanted);
    return CommandResult.done(label() + ": " + wanted + "." + kept(wanted, context.control()));
  }

  private String kept(String value, SessionControl control) {
    if (SettingsSchema.shipped().find(setting).isEmpty()) {
      return " It holds for this session.";
    }
    try {
      String note = control.set(setting, value);
      return note.isEmpty() ? "" : " " + note;
    } catch (UserError e) {
      return " It holds for this session only: " + e.getMessage();
    }
  }

  private Panel panel(Screen screen, List<String> values) {
    String now = screen.value(option);
    return Panel.of(
        label(),
        new Panel.Section.Items(
            "",
            values.stream()
                .map(
                    value ->
                        new Panel.Item(
                            value.equals(now) ? Panel.Mark.NOW : Panel.Mark.NONE, value, ""))
                .toList()),
        new Panel.Section.Text("Change it with `/" + info.name() + " NAME`."));
  }

  private String label() {
    return switch (option) {
      case THEME -> "Colours";
      case MOUSE -> "Mouse";
      case SURFACE -> "Terminal";
      case EDITOR -> "Keys";
      case TODOS -> "Tasks";
    };
  }
}
