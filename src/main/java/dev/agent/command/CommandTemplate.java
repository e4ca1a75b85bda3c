package dev.agent.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a custom command with its places for arguments and its command lines.
 *
 * <ul>
 *   <li>{@code $ARGUMENTS}: all arguments as they were typed.
 *   <li>{@code $1} … {@code $9}: single ones, cut as a shell cuts words. A text that holds {@code
 *       $0} or {@code $ARGUMENTS[n]} counts from 0. What was not given stays as it is.
 *   <li>{@code $name}: an argument that the front matter names.
 *   <li>{@code ${CLAUDE_PROJECT_DIR}} and others: facts about the session.
 *   <li>{@code !`line`}, or a fenced block that begins with {@code ```!}: a command line whose
 *       output stands in its place.
 * </ul>
 *
 * Arguments are put in where they belong and are never read as template again.
 */
final class CommandTemplate {
  private static final Pattern SHELL =
      Pattern.compile(
          "(?m)(?<=^|[\\s(])!`([^`\\n]+)`|^[ \\t]*```!([^\\n]*)\\n(.*?)^[ \\t]*```[ \\t]*$",
          Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern PLACE =
      Pattern.compile(
          "\\$ARGUMENTS\\[(\\d{1,3})]|\\$(ARGUMENTS)(?![A-Za-z0-9_])|\\$(\\d{1,3})(?!\\d)"
              + "|\\$\\{([A-Z_]+)}|\\$([A-Za-z_][A-Za-z0-9_-]*)");

  private final String body;
  private final List<String> names;
  private final int base;

  /**
   * @param names of arguments, in their order
   */
  CommandTemplate(String body, List<String> names) {
    this.body = body.strip();
    this.names = List.copyOf(names);
    boolean fromZero = false;
    Matcher matcher = PLACE.matcher(body);
    while (matcher.find()) {
      fromZero |= matcher.group(1) != null || "0".equals(matcher.group(3));
    }
    this.base = fromZero ? 0 : 1;
  }

  /** One piece of the text, in order. */
  sealed interface Piece {
    /** What the file's author wrote. */
    record Written(String text) implements Piece {}

    /** What the person typed. */
    record Given(String text) implements Piece {}

    /** A command line, arguments put in. */
    record Shell(String line) implements Piece {}
  }

  /**
   * The pieces for these arguments. When the text has no place for them, they come at its end.
   *
   * @param facts by name, such as {@code CLAUDE_PROJECT_DIR}
   */
  List<Piece> fill(String arguments, Map<String, String> facts) {
    List<String> words = ArgumentWords.of(arguments);
    List<Piece> pieces = new ArrayList<>();
    Matcher shell = SHELL.matcher(body);
    boolean placed = false;
    int from = 0;
    while (shell.find()) {
      placed |= text(body.substring(from, shell.start()), arguments, words, facts, pieces);
      List<Piece> line = new ArrayList<>();
      String written =
          shell.group(1) != null
              ? shell.group(1)
              : (shell.group(2) + "\n" + shell.group(3)).strip();
      placed |= text(written, arguments, words, facts, line);
      pieces.add(new Piece.Shell(joined(line)));
      from = shell.end();
    }
    placed |= text(body.substring(from), arguments, words, facts, pieces);
    if (!placed && !arguments.isEmpty()) {
      pieces.add(new Piece.Written("\n\nARGUMENTS: "));
      pieces.add(new Piece.Given(arguments));
    }
    return pieces;
  }

  /** Adds a text with its places filled; whether it had one for arguments. */
  private boolean text(
      String text,
      String arguments,
      List<String> words,
      Map<String, String> facts,
      List<Piece> pieces) {
    Matcher matcher = PLACE.matcher(text);
    StringBuilder written = new StringBuilder();
    boolean placed = false;
    int from = 0;
    while (matcher.find()) {
      written.append(text, from, matcher.start());
      from = matcher.end();
      String given = null;
      if (matcher.group(2) != null) {
        given = arguments;
      } else if (matcher.group(1) != null) {
        given = word(words, Integer.parseInt(matcher.group(1)));
      } else if (matcher.group(3) != null) {
        given = word(words, Integer.parseInt(matcher.group(3)) - base);
      } else if (matcher.group(5) != null && names.contains(matcher.group(5))) {
        given = word(words, names.indexOf(matcher.group(5)));
      }
      boolean isPlace =
          matcher.group(4) == null
              && (matcher.group(5) == null || names.contains(matcher.group(5)));
      placed |= isPlace;
      if (given != null) {
        flush(written, pieces);
        pieces.add(new Piece.Given(given));
      } else if (matcher.group(4) != null && facts.containsKey(matcher.group(4))) {
        written.append(facts.get(matcher.group(4)));
      } else {
        written.append(matcher.group());
      }
    }
    written.append(text, from, text.length());
    flush(written, pieces);
    return placed;
  }

  private static @org.jspecify.annotations.Nullable String word(List<String> words, int index) {
    return index >= 0 && index < words.size() ? words.get(index) : null;
  }

  private static void flush(StringBuilder written, List<Piece> pieces) {
    if (!written.isEmpty()) {
      pieces.add(new Piece.Written(written.toString()));
      written.setLength(0);
    }
  }

  private static String joined(List<Piece> line) {
    StringBuilder out = new StringBuilder();
    for (Piece piece : line) {
      out.append(
          switch (piece) {
            case Piece.Written(String text) -> text;
            case Piece.Given(String text) -> text;
            case Piece.Shell(String text) -> text;
          });
    }
    return out.toString().strip();
  }
}
