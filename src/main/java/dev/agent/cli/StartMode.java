package dev.agent.cli;

import dev.agent.permission.Mode;
import dev.agent.runtime.UserError;
import dev.agent.settings.Settings;
import java.util.Map;

/** The permission mode that a session starts in, and who may start in which. */
final class StartMode {
  private StartMode() {}

  /**
   * From settings and flags.
   *
   * @throws UserError when it is no mode, or may not be used here
   */
  static Mode of(Settings settings, Map<String, String> environment, String userName) {
    Mode mode = settings.text("permissions.defaultMode").map(StartMode::parse).orElse(Mode.DEFAULT);
    if (mode == Mode.BYPASS) {
      checkBypass(settings, environment, userName);
    }
    return mode;
  }

  private static Mode parse(String name) {
    return Mode.of(name)
        .orElseThrow(
            () ->
                new UserError(
                    "\"" + name + "\" is no permission mode.",
                    "There are default, acceptEdits, plan, auto, dontAsk and bypassPermissions."));
  }

  private static void checkBypass(
      Settings settings, Map<String, String> environment, String userName) {
    if (settings
        .text("permissions.disableBypassPermissionsMode")
        .filter("disable"::equals)
        .isPresent()) {
      throw new UserError(
          "Bypassing permissions is switched off in the settings"
              + " (permissions.disableBypassPermissionsMode).",
          "Use another --permission-mode.");
    }
    boolean sandboxed = !environment.getOrDefault("IS_SANDBOX", "").isBlank();
    if (userName.equals("root") && !sandboxed) {
      throw new UserError(
          "Permissions can't be bypassed as root outside of a sandbox.",
          "Run as another user, or set IS_SANDBOX=1 inside a container that may be damaged.");
    }
  }
}
