package dev.agent.command;

import java.util.ArrayList;
import java.util.List;

/** Cuts a line of arguments into words as a shell does: blanks part them, quotes hold together. */
final class ArgumentWords {
  private ArgumentWords() {}

  /** The words without their quotes. A quote that nothing closes reaches to the end. */
  static List<String> of(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean any = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean more = i + 1 < line.length();
      if (quote == 0 && Character.isWhitespace(c)) {
        if (any) {
          words.add(word.toString());
          word.setLength(0);
          any = false;
        }
        continue;
      }
      any = true;
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else if (c == '\\' && quote != '\'' && more) {
        i++;
        boolean kept = quote == '"' && line.charAt(i) != '"' && line.charAt(i) != '\\';
        word.append(kept ? "\\" : "").append(line.charAt(i));
      } else {
        word.append(c);
      }
    }
    if (any) {
      words.add(word.toString());
    }
    return words;
  }
}
