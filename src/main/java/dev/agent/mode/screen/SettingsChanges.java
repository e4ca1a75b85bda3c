package dev.agent.mode.screen;

import dev.agent.mode.interactive.OpenSession;
import dev.agent.settings.Settings;
import dev.agent.tui.dialog.Dialog;
import dev.agent.tui.dialog.SettingChange;
import dev.agent.tui.dialog.SettingItem;
import dev.agent.tui.dialog.SettingsDialog;
import java.util.function.Consumer;

/** The dialog of settings: reads them, stores what is changed, shows what came of it. */
final class SettingsChanges {
  private final OpenSession session;
  private final Aside aside;
  private final Consumer<Settings> changed;

  /**
   * @param changed hears the settings after a change, for what can follow at once
   */
  SettingsChanges(OpenSession session, Aside aside, Consumer<Settings> changed) {
    this.session = session;
    this.aside = aside;
    this.changed = changed;
  }

  /** What a change led to. */
  private record After(Settings settings, String note) {}

  /** Reads the settings and passes the dialog on. */
  void open(Consumer<Dialog<Runnable>> opens) {
    aside.run(session::settings, settings -> opens.accept(dialog(settings)));
  }

  private Dialog<Runnable> dialog(Settings settings) {
    SettingsDialog dialog = new SettingsDialog(SettingItem.of(settings));
    return new ActionDialog<>(
        dialog,
        change ->
            switch (change) {
              case SettingChange.Set set -> () -> set(set, dialog);
              case SettingChange.Done _ -> () -> {};
            });
  }

  private void set(SettingChange.Set set, SettingsDialog dialog) {
    aside.run(
        () -> {
          String note = session.set(set.key(), set.json(), set.target());
          return new After(session.settings(), note);
        },
        after -> {
          dialog.refresh(SettingItem.of(after.settings()), after.note());
          changed.accept(after.settings());
        },
        dialog::tell);
  }
}
