package dev.agent.shell;

import dev.agent.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brace expansion as bash does it, before all other expansions: on the characters of a word, where
 * everything quoted, escaped or expanded is one piece that it does not look into.
 */
final class Braces {
  private static final int MAX_WORDS = 1_000;
  private static final int MAX_PIECES = 50_000;

  /** Thrown and caught here: the expansion is larger than is looked at. */
  private static final class TooMuch extends Exception {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super("", null, false, false);
    }
  }

  /** A character that stands for itself, or a part of the word when that is not null. */
  private record Piece(char character, @org.jspecify.annotations.Nullable Part part) {
    boolean is(char wanted) {
      return part == null && character == wanted;
    }
  }

  private int made;

  private Braces() {}

  /** Whether there may be something to expand. */
  static boolean mayExpand(Word word) {
    for (Part part : word.parts()) {
      if (part instanceof Part.Literal(String text) && text.indexOf('{') >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The words it becomes; empty when they are too many, or depend on the locale. */
  static Optional<List<Word>> expand(Word word) {
    List<Piece> pieces = new ArrayList<>();
    for (Part part : word.parts()) {
      if (part instanceof Part.Literal(String text)) {
        text.chars().forEach(c -> pieces.add(new Piece((char) c, null)));
      } else {
        pieces.add(new Piece(' ', part));
      }
    }
    List<List<Piece>> expanded;
    try {
      expanded = new Braces().expand(pieces, 0);
    } catch (TooMuch e) {
      return Optional.empty();
    }
    if (expanded.size() == 1 && expanded.getFirst().size() == pieces.size()) {
      return Optional.of(List.of(word));
    }
    List<Word> words = new ArrayList<>(expanded.size());
    for (List<Piece> one : expanded) {
      if (!one.isEmpty()) {
        words.add(word(one));
      }
    }
    return Optional.of(words);
  }

  private static Word word(List<Piece> pieces) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece.part() == null) {
        literal.append(piece.character());
      } else {
        WordReader.flush(parts, literal);
        parts.add(piece.part());
      }
    }
    WordReader.flush(parts, literal);
    return new Word(parts);
  }

  private List<List<Piece>> expand(List<Piece> text, int depth) throws TooMuch {
    if (depth > Script.MAX_NESTING) {
      throw new TooMuch();
    }
    List<List<Piece>> result = List.of(List.of());
    int from = 0;
    while (true) {
      int open = opening(text, from);
      if (open < 0) {
        return joined(result, List.of(text.subList(from, text.size())));
      }
      int close = closing(text, open + 1);
      List<Piece> inside = text.subList(open + 1, close);
      result = joined(result, List.of(text.subList(from, open)));
      boolean list = inside.stream().anyMatch(it -> it.is(','));
      Optional<List<List<Piece>>> sequence = list ? Optional.empty() : sequence(inside);
      if (list) {
        result = joined(result, alternatives(inside, depth));
      } else if (sequence.isPresent()) {
        result = joined(result, sequence.get());
      } else {
        result = joined(result, List.of(text.subList(open, close + 1)));
      }
      from = close + 1;
    }
  }

  private List<List<Piece>> joined(List<List<Piece>> left, List<List<Piece>> right) throws TooMuch {
    if (right.size() == 1 && right.getFirst().isEmpty()) {
      return left;
    }
    List<List<Piece>> all = new ArrayList<>(left.size() * right.size());
    for (List<Piece> head : left) {
      for (List<Piece> tail : right) {
        List<Piece> both = new ArrayList<>(head.size() + tail.size());
        both.addAll(head);
        both.addAll(tail);
        made += both.size() + 1;
        if (all.size() >= MAX_WORDS || made > MAX_PIECES) {
          throw new TooMuch();
        }
        all.add(both);
      }
    }
    return all;
  }

  /** The next brace that opens something: a list or a sequence that is closed. */
  private int opening(List<Piece> text, int from) throws TooMuch {
    for (int i = from; i < text.size(); i++) {
      if (text.get(i).is('{')) {
        boolean empty = i == 0 && text.size() > 1 && text.get(1).is('}');
        if (!empty && closing(text, i + 1) >= 0) {
          return i;
        }
      }
    }
    return -1;
  }

  private int closing(List<Piece> text, int from) throws TooMuch {
    int level = 0;
    boolean separated = false;
    for (int i = from; i < text.size(); i++) {
      made++;
      if (made > MAX_PIECES) {
        throw new TooMuch();
      }
      Piece piece = text.get(i);
      if (piece.is('}') && level == 0 && separated) {
        return i;
      }
      if (piece.is('{')) {
        level++;
      } else if (piece.is('}') && level > 0) {
        level--;
      } else if (level == 0) {
        boolean dots =
            piece.is('.')
                && i + 1 < text.size()
                && text.get(i + 1).is('.')
                && !(i + 2 < text.size() && text.get(i + 2).is('}'));
        separated |= piece.is(',') || dots;
      }
    }
    return -1;
  }

  private List<List<Piece>> alternatives(List<Piece> inside, int depth) throws TooMuch {
    List<List<Piece>> all = new ArrayList<>();
    int level = 0;
    int start = 0;
    for (int i = 0; i <= inside.size(); i++) {
      boolean end = i == inside.size();
      if (end || level == 0 && inside.get(i).is(',')) {
        all.addAll(expand(inside.subList(start, i), depth + 1));
        start = i + 1;
        if (all.size() > MAX_WORDS) {
          throw new TooMuch();
        }
      } else if (inside.get(i).is('{')) {
        level++;
      } else if (inside.get(i).is('}') && level > 0) {
        level--;
      }
    }
    return all;
  }

  /** {@code a..e}, {@code 01..10..3}; empty when it is none and stays as it is. */
  private Optional<List<List<Piece>>> sequence(List<Piece> inside) throws TooMuch {
    StringBuilder text = new StringBuilder();
    for (Piece piece : inside) {
      if (piece.part() != null) {
        return Optional.empty();
      }
      text.append(piece.character());
    }
    List<String> ends = ends(text.toString());
    if (ends.size() < 2 || ends.size() > 3) {
      return Optional.empty();
    }
    for (String end : ends) {
      if (end.startsWith("+") || end.length() > 9) {
        throw new TooMuch(); // numbers in their rarer spellings
      }
    }
    boolean stepped = ends.size() == 3;
    if (stepped && !isInteger(ends.get(2))) {
      return Optional.empty();
    }
    int step = stepped ? Math.abs(Integer.parseInt(ends.get(2))) : 1;
    step = step == 0 ? 1 : step;
    if (isInteger(ends.get(0)) && isInteger(ends.get(1))) {
      int width =
          isPadded(ends.get(0)) || isPadded(ends.get(1))
              ? Math.max(ends.get(0).length(), ends.get(1).length())
              : 0;
      return Optional.of(
          run(Integer.parseInt(ends.get(0)), Integer.parseInt(ends.get(1)), step, width, false));
    }
    if (isLetter(ends.get(0)) && isLetter(ends.get(1))) {
      if (Character.isUpperCase(ends.get(0).charAt(0))
          != Character.isUpperCase(ends.get(1).charAt(0))) {
        throw new TooMuch(); // goes over signs, some of which the shell reads again
      }
      return Optional.of(run(ends.get(0).charAt(0), ends.get(1).charAt(0), step, 0, true));
    }
    return Optional.empty();
  }

  private static List<String> ends(String text) {
    List<String> ends = new ArrayList<>(3);
    int start = 0;
    for (int dots = text.indexOf(".."); dots >= 0; dots = text.indexOf("..", start)) {
      ends.add(text.substring(start, dots));
      start = dots + 2;
    }
    ends.add(text.substring(start));
    return ends;
  }

  private static List<List<Piece>> run(int from, int to, int step, int width, boolean letters)
      throws TooMuch {
    List<List<Piece>> all = new ArrayList<>();
    for (int i = from; from <= to ? i <= to : i >= to; i += from <= to ? step : -step) {
      if (all.size() >= MAX_WORDS) {
        throw new TooMuch();
      }
      String text = letters ? Character.toString(i) : padded(i, width);
      List<Piece> one = new ArrayList<>(text.length());
      text.chars().forEach(c -> one.add(new Piece((char) c, null)));
      all.add(one);
    }
    return all;
  }

  private static String padded(int value, int width) {
    String digits = Integer.toString(Math.abs(value));
    String sign = value < 0 ? "-" : "";
    return sign + "0".repeat(Math.max(0, width - digits.length() - sign.length())) + digits;
  }

  private static boolean isInteger(String text) {
    return Characters.isNumber(text.startsWith("-") ? text.substring(1) : text);
  }

  private static boolean isPadded(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    return digits.length() > 1 && digits.charAt(0) == '0';
  }

  private static boolean isLetter(String text) {
    return text.length() == 1 && Characters.isNameStart(text.charAt(0)) && !text.equals("_");
  }
}
