package dev.agent.tui.theme;

/** What a piece of the screen means; a theme says how that looks. */
public enum Token {
  /** Body text: the terminal's own colours. */
  TEXT,
  /** Text that steps back: hints, times, placeholders. */
  DIM,
  /** The one accent: the product's name, the selected row, the spinner. */
  ACCENT,
  /** Rules and borders. */
  RULE,
  /** What the person wrote: a tinted background. */
  USER,
  SUCCESS,
  WARNING,
  ERROR,
  /** A tool that waits or runs. */
  PENDING,
  /** Rule and prompt of shell mode. */
  SHELL,
  /** Rule and prompt of memory mode. */
  MEMORY,
  /** Plan mode. */
  PLAN,
  /** Modes that ask less. */
  AUTO,
  /** The mode that asks nothing. */
  BYPASS,
  /** The selected row of a list. */
  SELECTED,
  /** Text that the mouse selected. */
  SELECTION,
  /** What a search found. */
  MATCH,
  HEADING,
  QUOTE,
  /** Code within a sentence. */
  CODE,
  /** What stands in a code block and has no class of its own. */
  CODE_BLOCK,
  LINK,
  DIFF_ADDED,
  DIFF_REMOVED,
  /** The changed words of a changed row. */
  DIFF_ADDED_WORD,
  DIFF_REMOVED_WORD,
  DIFF_GUTTER,
  SYNTAX_KEYWORD,
  SYNTAX_STRING,
  SYNTAX_NUMBER,
  SYNTAX_COMMENT,
  SYNTAX_TYPE,
  SYNTAX_FUNCTION,
  SYNTAX_CONSTANT,
  SYNTAX_PUNCTUATION;

  /** The name in theme files: {@code diffAddedWord}. */
  public String key() {
    StringBuilder key = new StringBuilder(name().length());
    boolean upper = false;
    for (char c : name().toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        key.append(upper ? c : Character.toLowerCase(c));
        upper = false;
      }
    }
    return key.toString();
  }
}
