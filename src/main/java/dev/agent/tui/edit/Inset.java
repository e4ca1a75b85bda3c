package dev.agent.tui.edit;

import java.util.Locale;

/** Something that stands in a text as one piece, under a label. */
public sealed interface Inset {

  /** What stands in the text for it. */
  String label();

  /**
   * A long paste.
   *
   * @param number in the session, from 1
   */
  record Paste(int number, String text) implements Inset {
    @Override
    public String label() {
      long breaks = text.chars().filter(c -> c == '\n').count();
      return breaks > 0
          ? "[Pasted text #%d +%d lines]".formatted(number, breaks)
          : String.format(Locale.ROOT, "[Pasted text #%d +%d characters]", number, text.length());
    }
  }

  /**
   * A picture.
   *
   * @param number in the session, from 1
   * @param mediaType such as {@code image/png}
   * @param base64 its bytes
   */
  record Image(int number, String mediaType, String base64) implements Inset {
    @Override
    public String label() {
      return "[Image #" + number + "]";
    }
  }
}
