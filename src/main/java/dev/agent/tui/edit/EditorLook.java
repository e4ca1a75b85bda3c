package dev.agent.tui.edit;

import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;

/**
 * How an editor's text is drawn.
 *
 * @param prompt stands before the first row
 * @param indent stands before the others; as wide as the prompt
 * @param inset the style of labels
 * @param selection laid over what is selected
 * @param placeholder stands where no text is; empty = nothing
 */
public record EditorLook(
    Span prompt, Span indent, Style text, Style inset, Style selection, Span placeholder) {

  /** A prompt, plain text, and an indent of blanks. */
  public static EditorLook of(String prompt, Style text, Style inset) {
    Span glyph = Span.decoration(prompt, text);
    return new EditorLook(
        glyph,
        Span.decoration(" ".repeat(glyph.width()), text),
        text,
        inset,
        text.plus(Style.INVERSE),
        Span.decoration("", text));
  }

  /**
   * The columns that are left for text in so many: without the prompt, and without one in which the
   * cursor stands behind a full row.
   */
  public int columns(int width) {
    return Math.max(1, width - prompt.width() - 1);
  }
}
