package dev.agent.tui.dialog;

import dev.agent.tui.dialog.RulesDialog.Tab;

/** What came of the list of permissions. */
public sealed interface RuleChange {
  /** A rule or a directory shall be there too. */
  record Add(Tab tab, String text) implements RuleChange {}

  /** A rule or a directory shall go. */
  record Remove(RulesDialog.Item item) implements RuleChange {}

  /** The dialog was closed. */
  record Done() implements RuleChange {}
}
