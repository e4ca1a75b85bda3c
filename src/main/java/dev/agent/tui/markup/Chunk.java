package dev.agent.tui.markup;

/**
 * A part of a Markdown text that is understood by itself: a block of the top level, or an item of a
 * list there.
 *
 * @param number that of a numbered item; −1 for all others
 * @param apart whether a blank row stands between it and the chunk before
 */
record Chunk(Kind kind, String text, int number, boolean apart) {

  /** What a chunk began as. */
  enum Kind {
    PARAGRAPH,
    QUOTE,
    TABLE,
    ITEM,
    FENCE,
    INDENTED,
    HTML,
    /** A heading, a rule: done with its line. */
    LINE
  }
}
