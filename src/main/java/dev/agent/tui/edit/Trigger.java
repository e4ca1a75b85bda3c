package dev.agent.tui.edit;

import java.util.Optional;

/**
 * A part of a text that can be completed.
 *
 * @param from where it begins, its first character {@code /} or {@code @} included
 * @param to where it ends
 * @param typed what of it stands before the cursor, without slash, at sign and quote
 */
record Trigger(Kind kind, int from, int to, String typed) {
  /** What it is. */
  enum Kind {
    COMMAND,
    FILE
  }

  /** The part around a cursor: a command at the begin of the text, or a file anywhere. */
  static Optional<Trigger> find(Passage passage, int cursor) {
    String text = passage.text();
    Optional<Trigger> file = file(text, cursor);
    boolean inset = passage.pieces().stream().anyMatch(p -> p.from() < cursor && cursor < p.to());
    if (inset || file.isPresent() && holdsInset(passage, file.get())) {
      return Optional.empty();
    }
    return file.or(() -> command(text, cursor));
  }

  /** What takes its place when a candidate is chosen: with a blank where it is complete. */
  String replacement(String name) {
    if (kind == Kind.COMMAND) {
      return "/" + name + " ";
    }
    boolean quoted = name.chars().anyMatch(Character::isWhitespace);
    if (name.endsWith("/")) {
      return quoted ? "@\"" + name : "@" + name;
    }
    return (quoted ? "@\"" + name + "\"" : "@" + name) + " ";
  }

  private static boolean holdsInset(Passage passage, Trigger trigger) {
    return passage.pieces().stream()
        .anyMatch(p -> p.from() < trigger.to() && trigger.from() < p.to());
  }

  private static Optional<Trigger> command(String text, int cursor) {
    if (!text.startsWith("/") || cursor == 0) {
      return Optional.empty();
    }
    int end = wordEnd(text, 0);
    return cursor <= end
        ? Optional.of(new Trigger(Kind.COMMAND, 0, end, text.substring(1, cursor)))
        : Optional.empty();
  }

  private static Optional<Trigger> file(String text, int cursor) {
    int lineStart = cursor == 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1;
    for (int at = cursor - 1; at >= lineStart; at--) {
      if (text.charAt(at) != '@' || at > 0 && !opens(text.charAt(at - 1))) {
        continue;
      }
      boolean quoted = at + 1 < text.length() && text.charAt(at + 1) == '"';
      int start = quoted ? at + 2 : at + 1;
      if (cursor < start) {
        return Optional.empty();
      }
      String typed = text.substring(start, cursor);
      boolean closed = quoted ? typed.indexOf('"') >= 0 : typed.chars().anyMatch(Trigger::isBlank);
      if (!closed) {
        return Optional.of(
            new Trigger(
                Kind.FILE, at, quoted ? quoteEnd(text, cursor) : wordEnd(text, cursor), typed));
      }
    }
    return Optional.empty();
  }

  private static boolean opens(char before) {
    return isBlank(before) || "([{\"'`,;:".indexOf(before) >= 0;
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c);
  }

  private static int wordEnd(String text, int from) {
    int end = from;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Behind the closing quote of the line, or the cursor where there is none. */
  private static int quoteEnd(String text, int cursor) {
    int lineEnd = text.indexOf('\n', cursor);
    int quote = text.indexOf('"', cursor);
    return quote >= 0 && (lineEnd < 0 || quote < lineEnd) ? quote + 1 : cursor;
  }
}
