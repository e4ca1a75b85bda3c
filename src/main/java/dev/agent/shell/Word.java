package dev.agent.shell;

import java.util.List;

/**
 * A word as it was written, before any expansion: parts that stand side by side without a blank.
 *
 * @param parts in their order; none for a word that the grammar needs but the script leaves out
 */
public record Word(List<Part> parts) {
  /** Where the grammar has a word that the script leaves out. */
  static final Word ABSENT = new Word(List.of());

  public Word {
    parts = List.copyOf(parts);
  }

  /** Whether the script leaves this word out. */
  public boolean isAbsent() {
    return parts.isEmpty();
  }

  /** A piece of a word. */
  public sealed interface Part {
    /** Characters that stand for themselves, unless they form a pattern, braces or a tilde. */
    record Literal(String text) implements Part {}

    /** A backslash and the character that it makes ordinary. */
    record Escaped(String text) implements Part {}

    /** {@code '…'}. */
    record SingleQuoted(String text) implements Part {}

    /** <code>$'…'</code>, decoded. */
    record AnsiQuoted(String text) implements Part {}

    /**
     * {@code "…"}, or <code>$"…"</code>.
     *
     * @param parts literals, escaped characters and expansions
     * @param translated whether a dollar sign stands in front
     */
    record DoubleQuoted(List<Part> parts, boolean translated) implements Part {
      public DoubleQuoted {
        parts = List.copyOf(parts);
      }
    }

    /**
     * {@code $name} or <code>${…}</code>.
     *
     * @param name of the variable, a position, or a special character
     * @param subscript between brackets; absent for none
     * @param operator such as {@code ":-"}, {@code "##"}, {@code ":"} or {@code "@Q"}; empty for
     *     none; {@code "!*"} and {@code "!@"} for names by prefix
     * @param operand what follows the operator, with all its parts
     * @param indirect a leading {@code !}: the value names the variable
     * @param length a leading {@code #}: only the length counts
     * @param source as it was written
     */
    record Parameter(
        String name,
        Word subscript,
        String operator,
        Word operand,
        boolean indirect,
        boolean length,
        String source)
        implements Part {
      /** Whether it is nothing but the value of a variable. */
      boolean isPlain() {
        return operator.isEmpty() && subscript.isAbsent() && !indirect && !length;
      }
    }

    /** <code>$((…))</code> or {@code $[…]}. */
    record Arithmetic(Expression expression, String source) implements Part {}

    /** <code>$(…)</code>, or backquotes. */
    record CommandSubstitution(Node.Sequence body, String source) implements Part {}

    /** {@code <(…)}, or {@code >(…)} when the word is written to. */
    record ProcessSubstitution(Node.Sequence body, boolean written, String source)
        implements Part {}

    /** A leading {@code ~}, with the name of the user or a sign that follows it. */
    record Tilde(String user) implements Part {}

    /** A pattern such as {@code @(a|b)}; only a shell with that option set reads it so. */
    record ExtendedPattern(char operator, List<Word> alternatives, String source) implements Part {
      public ExtendedPattern {
        alternatives = List.copyOf(alternatives);
      }
    }

    /** The values between the parentheses of {@code name=(…)}. */
    record Array(List<Element> elements, String source) implements Part {
      public Array {
        elements = List.copyOf(elements);
      }
    }
  }

  /**
   * A value of an array.
   *
   * @param subscript as in {@code [2]=x}; absent for the next free one
   */
  public record Element(Word subscript, Word value) {}

  /**
   * An arithmetic expression. It is not evaluated; what matters is which expansions it contains and
   * whether it names variables, whose values the shell would evaluate in turn.
   *
   * @param parts literals and expansions
   */
  public record Expression(List<Part> parts) {
    /** Where a loop leaves one out. */
    static final Expression ABSENT = new Expression(List.of());

    public Expression {
      parts = List.copyOf(parts);
    }

    /** Whether it is made of numbers and operators alone. */
    public boolean isConstant() {
      for (Part part : parts) {
        if (!(part instanceof Part.Literal literal) || namesOrAssigns(literal.text())) {
          return false;
        }
      }
      return true;
    }

    private static boolean namesOrAssigns(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (!(c >= '0' && c <= '9') && " \t\n+-*/%<>=!&|^~()?:,".indexOf(c) < 0) {
          return true;
        }
      }
      return false;
    }
  }
}
