package dev.agent.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One way to call a command: an entry of the table.
 *
 * @param name the words of the command, as {@code git log}
 * @param operands their meanings in order; at most one is repeated
 * @param options by their spelling with dashes; {@code -#} stands for a number
 * @param attributes as the head of the table explains them
 * @param family how many words a narrow rule takes; 0 for none
 * @param needs one of these options must be there; no condition when empty
 */
record CommandForm(
    String name,
    List<Operand> operands,
    Map<String, Option> options,
    Set<Attribute> attributes,
    int family,
    Set<String> needs) {

  enum Attribute {
    /** Never proven; the facts are for rules that forbid and for checks of paths. */
    UNPROVEN,
    /** Uses the network. */
    NETWORK,
    /** Runs code from anywhere. */
    INTERPRETER,
    /** A command that accepted edits include. */
    EDITS,
    /** No word of it can do harm, not even an unknown one. */
    ANY,
    /** Operands after the first may be any words. */
    ANYREST,
    /**
     * No option of it writes, runs or reads more: file names that look like options are no harm.
     */
    GLOBS,
    /** Without a path it reads the working directory. */
    CWD,
    /** Works on the repository of the working directory. */
    REPO,
    /** Prints the environment. */
    ENVIRONMENT,
    /** It adds words of its own to the command that it starts. */
    APPENDS,
    /** Its first operand names a subcommand; others are not known. */
    SUB,
    /** Its options end at the first operand. */
    ORDERED,
    /** It has no options: each word is an operand. */
    PLAIN,
    /** Options are whole words with one dash. */
    WORDS,
    /** The first word may be options without a dash. */
    BUNDLE,
    /** Even {@code --version} alone runs something. */
    NOVERSION,
    /** A word that begins with {@code @} names a file that holds further words. */
    RESPONSES
  }

  enum Count {
    ONE,
    OPTIONAL,
    ANY,
    SOME
  }

  record Operand(Role role, Count count) {
    boolean repeats() {
      return count == Count.ANY || count == Count.SOME;
    }
  }

  enum Value {
    NONE,
    REQUIRED,
    /** Only together with the option, in the same word. */
    ATTACHED
  }

  /** What an option says about the operands. */
  enum Turn {
    NOTHING,
    /** It stands for the first operand. */
    FIRST,
    /** It stands for the last operand. */
    LAST,
    /** Operands that were paths to read are written. */
    WRITE,
    /** Operands that were paths to read are removed. */
    GONE,
    /** With it the command can't be proven. */
    UNPROVEN
  }

  /**
   * @param role what its value means
   * @param second what a second value means, which follows in the next word
   */
  record Option(Value value, Role role, Optional<Role> second, Turn turn) {}

  CommandForm {
    operands = List.copyOf(operands);
    options = Map.copyOf(options);
    attributes = Set.copyOf(attributes);
    needs = Set.copyOf(needs);
  }

  /** The spelling of a short option. */
  static String letter(char letter) {
    return String.valueOf(new char[] {'-', letter});
  }

  boolean has(Attribute attribute) {
    return attributes.contains(attribute);
  }
}
