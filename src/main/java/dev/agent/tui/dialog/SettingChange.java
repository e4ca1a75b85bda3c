package dev.agent.tui.dialog;

import dev.agent.settings.Source;

/** What came of the settings. */
public sealed interface SettingChange {
  /**
   * A setting shall have another value; the dialog stays and wants to be told what came of it by
   * {@link SettingsDialog#refresh}.
   *
   * @param json the value
   * @param target whose settings shall hold it
   */
  record Set(String key, String json, Source target) implements SettingChange {}

  /** The dialog was closed. */
  record Done() implements SettingChange {}
}
