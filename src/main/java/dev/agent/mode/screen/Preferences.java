package dev.agent.mode.screen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.settings.Settings;
import dev.agent.tui.markup.DiffRows;
import dev.agent.tui.theme.Themes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the person wants the screen to be like, as the settings say. A value that can't be meant is
 * as if it were not there: reading the settings has told of it already.
 *
 * @param theme a theme's name; whether there is such a theme is not known here
 * @param mouse {@code auto}, {@code scroll} or {@code off}
 * @param notificationCommand for a shell; used with {@code notifications: command}
 * @param reduceMotion whether nothing moves
 * @param vim whether the prompt has vim's keys
 * @param vimInsertEscape two characters that mean Escape in insert mode; empty for none
 * @param respectIgnores whether ignored files are left out of completion
 */
record Preferences(
    String theme,
    String mouse,
    Notifier.Setting notifications,
    Optional<String> notificationCommand,
    boolean reduceMotion,
    DiffRows.Layout diff,
    boolean vim,
    String vimInsertEscape,
    boolean respectIgnores) {
  private static final List<String> MOUSE = List.of("auto", "scroll", "off");

  static Preferences of(Settings settings) {
    return new Preferences(
        settings.text("theme").orElse(Themes.AUTO),
        choice(settings, "mouse").filter(MOUSE::contains).orElse("auto"),
        notifications(settings),
        settings.text("notificationCommand"),
        settings.flag("reduceMotion", settings.flag("prefersReducedMotion", false)),
        switch (choice(settings, "diff").orElse("auto")) {
          case "unified" -> DiffRows.Layout.UNIFIED;
          case "split" -> DiffRows.Layout.SPLIT;
          default -> DiffRows.Layout.AUTO;
        },
        choice(settings, "editorMode").filter("vim"::equals).isPresent(),
        settings.text("vimInsertEscape").orElse(""),
        settings.flag("respectGitignore", true));
  }

  /** What is wrong with the wish for a theme; empty when there is such a theme. */
  static Optional<String> themeProblem(Settings settings, Themes themes) {
    return settings
        .text("theme")
        .filter(it -> !themes.names().contains(it))
        .map(
            it ->
                "settings: \"theme\" is \""
                    + it
                    + "\", and there is no such theme. Choose one with /theme; until then it is"
                    + " auto.");
  }

  private static Optional<String> choice(Settings settings, String key) {
    return settings.text(key).map(it -> it.strip().toLowerCase(Locale.ROOT));
  }

  private static Notifier.Setting notifications(Settings settings) {
    String wanted =
        choice(settings, "notifications")
            .or(() -> choice(settings, "preferredNotifChannel"))
            .orElse("auto");
    return switch (wanted) {
      case "bell", "terminal_bell" -> Notifier.Setting.BELL;
      case "off", "notifications_disabled" -> Notifier.Setting.OFF;
      // Without a command there is nothing but the terminal.
      case "command" ->
          settings.text("notificationCommand").isPresent()
              ? Notifier.Setting.COMMAND
              : Notifier.Setting.AUTO;
      default -> Notifier.Setting.AUTO;
    };
  }

  /** Whether what is selected is copied at once; may change while the screen lasts. */
  static boolean copyOnSelect(Settings settings) {
    return settings.flag("copyOnSelect", false);
  }

  /**
   * The command that fills the status line; empty when there is none. A project's command is among
   * the settings only once a person has approved it.
   */
  static Optional<StatusLine.Command> statusLine(Settings settings) {
    Optional<JsonNode> setting = settings.effective("statusLine").filter(JsonNode::isObject);
    return setting
        .filter(it -> it.path("type").asText("command").equals("command"))
        .map(it -> it.path("command"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(it -> !it.isBlank())
        .map(line -> command(line, setting.get()));
  }

  private static StatusLine.Command command(String line, JsonNode setting) {
    int seconds = setting.path("refreshInterval").asInt(0);
    return new StatusLine.Command(
        line,
        Math.max(0, setting.path("padding").asInt(0)),
        seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty());
  }
}
