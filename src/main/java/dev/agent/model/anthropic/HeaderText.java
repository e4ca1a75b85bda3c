package dev.agent.model.anthropic;

import dev.agent.runtime.UserError;

/**
 * Checks what goes into request headers, before the HTTP client does: its own message would quote
 * the value, which may be a key.
 */
final class HeaderText {
  private HeaderText() {}

  /**
   * The value without surrounding blanks.
   *
   * @param source what the value came from, for the message
   * @throws UserError when it holds a character that no header may have
   */
  static String value(String value, String source) {
    String text = value.strip();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        throw new UserError(
            source
                + " holds a character that can't be sent (U+"
                + String.format("%04X", (int) c)
                + " at position "
                + (i + 1)
                + ").",
            "Set it again without line breaks.");
      }
    }
    return text;
  }

  /**
   * @throws UserError when the name is no header name
   */
  static String name(String name, String source) {
    String text = name.strip();
    boolean good = !text.isEmpty();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      good &=
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
    if (!good) {
      throw new UserError(
          source + " holds a line without a usable header name.",
          "Write one \"Name: value\" per line.");
    }
    return text;
  }
}
