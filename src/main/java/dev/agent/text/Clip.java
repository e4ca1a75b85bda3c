package dev.agent.text;

/** Shortens text at character boundaries. */
public final class Clip {
  private Clip() {}

  /**
   * The text, or its first {@code chars} characters with an ellipsis; a pair of surrogates is never
   * torn apart.
   */
  public static String head(String text, int chars) {
    return text.length() <= chars ? text : text.substring(0, boundary(text, chars)) + "…";
  }

  /** The text, or its last {@code chars} characters behind an ellipsis. */
  public static String tail(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int from = text.length() - chars;
    return "…"
        + text.substring(
            from > 0 && from < text.length() && isInsidePair(text, from) ? from + 1 : from);
  }

  /** The largest offset up to {@code at} that lies between characters. */
  public static int boundary(String text, int at) {
    return at > 0 && at < text.length() && isInsidePair(text, at) ? at - 1 : at;
  }

  /** Whether some surrogate has no partner: such a text can't be written in any encoding. */
  public static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 >= text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static boolean isInsidePair(String text, int at) {
    return Character.isLowSurrogate(text.charAt(at))
        && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
