package dev.agent.tui.input;

/** What is left of pasted text: its characters, LF line ends, no controls but TAB and LF. */
public final class PasteText {
  private PasteText() {}

  /** The text, cleaned. The controls U+0000 to U+001F and U+007F to U+009F are taken out. */
  public static String clean(String text) {
    int first = 0;
    while (first < text.length() && stays(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length()).append(text, 0, first);
    for (int at = first; at < text.length(); at++) {
      char c = text.charAt(at);
      if (stays(c)) {
        clean.append(c);
      } else if (c == '\r') {
        clean.append('\n');
        if (at + 1 < text.length() && text.charAt(at + 1) == '\n') {
          at++;
        }
      }
    }
    return clean.toString();
  }

  private static boolean stays(char c) {
    return c >= ' ' ? c < 0x7F || c > 0x9F : c == '\n' || c == '\t';
  }
}
