package dev.agent.tools.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * An expression as a tree over bytes of UTF-8 that fits wherever the expression does, and in more
 * places: boundaries always hold, and a class takes any run of bytes beyond ASCII for a character.
 * Pure.
 */
sealed interface CoarseExpression {
  /** Repetitions without an upper bound. */
  int UNBOUNDED = -1;

  /**
   * One byte of a set.
   *
   * @param orBeyondAscii whether any run of bytes beyond ASCII fits as well
   */
  record OneOf(BitSet bytes, boolean orBeyondAscii) implements CoarseExpression {}

  record InOrder(List<CoarseExpression> parts) implements CoarseExpression {}

  record Either(List<CoarseExpression> parts) implements CoarseExpression {}

  record Repeated(CoarseExpression part, int min, int max) implements CoarseExpression {}

  /**
   * Empty for what is not thought through here, such as look-around, back-references and flags.
   *
   * @param source an expression that {@link Expression} compiles
   */
  static Optional<CoarseExpression> of(String source, boolean ignoreCase, boolean multiline) {
    Parser parser = new Parser(source, ignoreCase, multiline);
    try {
      CoarseExpression whole = parser.alternatives();
      return parser.at == source.length() ? Optional.of(whole) : Optional.empty();
    } catch (UnknownException e) {
      return Optional.empty();
    }
  }

  /** Something that is not thought through. */
  final class UnknownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownException() {
      super(null, null, false, false);
    }
  }

  /** Goes through the source once. */
  final class Parser {
    private final String source;
    private final boolean ignoreCase;
    private final boolean multiline;
    private int at;

    private Parser(String source, boolean ignoreCase, boolean multiline) {
      this.source = source;
      this.ignoreCase = ignoreCase;
      this.multiline = multiline;
    }

    private boolean sees(char c) {
      return at < source.length() && source.charAt(at) == c;
    }

    private boolean seesQuantifier() {
      return sees('*')
          || sees('+')
          || sees('?')
          || sees('{') && Expression.isRepetition(source, at);
    }

    private CoarseExpression alternatives() {
      List<CoarseExpression> parts = new ArrayList<>(List.of(sequence()));
      while (sees('|')) {
        at++;
        parts.add(sequence());
      }
      return parts.size() == 1 ? parts.getFirst() : new Either(parts);
    }

    private CoarseExpression sequence() {
      List<CoarseExpression> parts = new ArrayList<>();
      while (at < source.length() && !sees('|') && !sees(')')) {
        parts.add(repeated(atom()));
      }
      return new InOrder(parts);
    }

    private CoarseExpression repeated(CoarseExpression atom) {
      int min = 1;
      int max = 1;
      if (sees('*') || sees('+') || sees('?')) {
        min = sees('+') ? 1 : 0;
        max = sees('?') ? 1 : UNBOUNDED;
        at++;
      } else if (sees('{') && Expression.isRepetition(source, at)) {
        int close = source.indexOf('}', at);
        String[] bounds = source.substring(at + 1, close).split(",", -1);
        at = close + 1;
        try {
          min = Integer.parseInt(bounds[0]);
          String upper = bounds[bounds.length - 1];
          max = upper.isEmpty() ? UNBOUNDED : Integer.parseInt(upper);
        } catch (NumberFormatException e) {
          throw new UnknownException();
        }
      } else {
        return atom;
      }
      if (sees('?') || sees('+')) {
        at++; // lazy or possessive: where it fits stays the same or becomes less
      }
      if (seesQuantifier()) {
        throw new UnknownException(); // what Java makes of two in a row
      }
      return new Repeated(atom, min, max);
    }

    private CoarseExpression atom() {
      if (seesQuantifier()) {
        throw new UnknownException();
      }
      char c = source.charAt(at);
      return switch (c) {
        case '(' -> group();
        case '[' -> {
          int end = Expression.classEnd(source, at);
          yield tried(end);
        }
        case '.' -> tried(at + 1);
        case '^', '$' -> {
          at++;
          yield new InOrder(List.of());
        }
        case '\\' -> escape();
        default -> {
          int point = source.codePointAt(at);
          at += Character.charCount(point);
          yield literal(point);
        }
      };
    }

    private CoarseExpression group() {
      at++;
      if (sees('?')) {
        int name = source.startsWith("?P<", at) ? at + 3 : source.startsWith("?<", at) ? at + 2 : 0;
        if (source.startsWith("?:", at)) {
          at += 2;
        } else if (name > 0 && name < source.length() && Character.isLetter(source.charAt(name))) {
          at = source.indexOf('>', name) + 1;
        } else {
          throw new UnknownException();
        }
      }
      CoarseExpression inside = alternatives();
      if (!sees(')')) {
        throw new UnknownException();
      }
      at++;
      return inside;
    }

    private CoarseExpression escape() {
      if (at + 1 >= source.length()) {
        throw new UnknownException();
      }
      char escaped = source.charAt(at + 1);
      int next = at + 2;
      boolean braces = next < source.length() && source.charAt(next) == '{';
      if ("bBAzZ".indexOf(escaped) >= 0 && !braces) {
        at = next;
        return new InOrder(List.of());
      }
      if ("wWdDsStnrfae".indexOf(escaped) >= 0) {
        return tried(next);
      }
      if ("pPxu".indexOf(escaped) >= 0) {
        int plain = escaped == 'x' ? 2 : escaped == 'u' ? 4 : 1;
        int end = braces ? source.indexOf('}', next) + 1 : next + plain;
        if (end <= next || end > source.length()) {
          throw new UnknownException();
        }
        return tried(end);
      }
      if (Character.isLetterOrDigit(escaped) || escaped >= 128) {
        throw new UnknownException();
      }
      at = next;
      return literal(escaped);
    }

    private CoarseExpression literal(int point) {
      BitSet bytes = new BitSet(256);
      if (point < 128) {
        bytes.set(point);
        boolean folds = ignoreCase && Character.isLetter(point);
        if (folds) {
          bytes.set(point ^ 32);
        }
        withoutLineEnd(bytes);
        return new OneOf(bytes, folds);
      }
      if (ignoreCase) {
        return tried(at, Character.toString(point));
      }
      List<CoarseExpression> parts = new ArrayList<>();
      for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
        BitSet one = new BitSet(256);
        one.set(b & 255);
        parts.add(new OneOf(one, false));
      }
      return new InOrder(parts);
    }

    /**
     * What stands before {@code end}, a class of some spelling: the true matcher knows what fits.
     */
    private CoarseExpression tried(int end) {
      return tried(end, source.substring(at, end));
    }

    private CoarseExpression tried(int end, String spelled) {
      at = end;
      BitSet bytes = new BitSet(256);
      Matcher matcher = Expression.compile(spelled, ignoreCase, multiline).matcher("");
      for (char c = 0; c < 128; c++) {
        bytes.set(c, matcher.reset(String.valueOf(c)).matches());
      }
      withoutLineEnd(bytes);
      return new OneOf(bytes, true);
    }

    private void withoutLineEnd(BitSet bytes) {
      if (!multiline) {
        bytes.clear('\n'); // no match goes beyond its line
      }
    }
  }
}
