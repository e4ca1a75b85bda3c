package dev.agent.context;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that a prompt names with {@code @}: {@code @src/Main.java}, {@code @"with blanks.txt"},
 * {@code @Main.java#L10-20} or {@code @Main.java#L10}.
 *
 * @param start where it begins in the text, at the {@code @}
 * @param end behind its last character
 * @param name the file's name as it was written, without quotes and lines
 * @param firstLine from 1; 0 = the whole file
 * @param lastLine the last line wanted; 0 = the whole file
 */
public record Mention(int start, int end, String name, int firstLine, int lastLine) {
  private static final Pattern FORM = Pattern.compile("@(?:\"([^\"\\n]+)\"|([^\\s\"`]+))");
  private static final Pattern LINES = Pattern.compile("(.+)#L(\\d{1,9})(?:-L?(\\d{1,9}))?");

  /** What may stand in front of a mention; anything else makes it an address or a decorator. */
  private static final String BEFORE = "([{<'\",;:=";

  /** What mostly belongs to the sentence and not to the name. */
  private static final String AFTER = ".,;:!?)]}>'\"";

  /**
   * All that may be mentions. Whether such a file exists is not looked at; words in code spans and
   * fenced code are left out.
   */
  public static List<Mention> in(String text) {
    List<Mention> mentions = new ArrayList<>();
    if (text.indexOf('@') < 0) {
      return mentions;
    }
    boolean[] code = codeIn(text);
    Matcher matcher = FORM.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      int at = matcher.start();
      boolean begins =
          at == 0
              || Character.isWhitespace(text.charAt(at - 1))
              || BEFORE.indexOf(text.charAt(at - 1)) >= 0;
      if (!begins || code[at]) {
        from = at + 1;
        continue;
      }
      from = matcher.end();
      mentions.add(
          matcher.group(1) != null
              ? new Mention(at, matcher.end(), matcher.group(1), 0, 0)
              : withLines(at, matcher.group(2)));
    }
    return mentions;
  }

  private static Mention withLines(int at, String word) {
    Matcher lines = LINES.matcher(stripped(word));
    if (lines.matches()) {
      int first = Integer.parseInt(lines.group(2));
      int last = lines.group(3) == null ? first : Integer.parseInt(lines.group(3));
      if (first >= 1 && last >= first) {
        return new Mention(at, at + 1 + lines.end(), lines.group(1), first, last);
      }
    }
    return new Mention(at, at + 1 + word.length(), word, 0, 0);
  }

  /** The same without the punctuation at the end of its name. */
  Mention shorter() {
    String name = stripped(this.name);
    return new Mention(start, start + 1 + name.length(), name, firstLine, lastLine);
  }

  private static String stripped(String word) {
    int end = word.length();
    while (end > 0 && AFTER.indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
  }

  private static boolean[] codeIn(String text) {
    boolean[] code = new boolean[text.length()];
    boolean fenced = false;
    int at = 0;
    for (String line : text.split("(?<=\n)", -1)) {
      boolean fence = line.stripLeading().startsWith("```");
      boolean span = false;
      for (int i = 0; i < line.length(); i++) {
        if (line.charAt(i) == '`' && !fence) {
          span = !span && line.indexOf('`', i + 1) >= 0;
        }
        code[at + i] = fenced || fence || span;
      }
      fenced ^= fence;
      at += line.length();
    }
    return code;
  }
}
