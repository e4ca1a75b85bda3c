package dev.agent.shell;

import java.util.List;

/** A command of the tree: everything that bash can run. */
public sealed interface Node {
  /** Commands one after the other. */
  record Sequence(List<Item> items) implements Node {
    /** Where the grammar has commands that the script leaves out. */
    static final Sequence EMPTY = new Sequence(List.of());

    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A command of a sequence.
   *
   * @param background an {@code &} follows it
   */
  record Item(Node command, boolean background) {}

  /**
   * Commands joined by {@code &&} and {@code ||}, which bind equally.
   *
   * @param first the one that always runs
   * @param links the others in their order
   */
  record AndOr(Node first, List<Link> links) implements Node {
    public AndOr {
      links = List.copyOf(links);
    }
  }

  /**
   * @param onSuccess {@code &&}, else {@code ||}
   */
  record Link(boolean onSuccess, Node command) {}

  /**
   * Commands joined by pipes; one alone when it is negated or timed.
   *
   * @param stages in their order; none when a mark stands alone
   * @param negated an odd number of {@code !} stands in front
   * @param timed whether it is measured
   */
  record Pipeline(List<Stage> stages, boolean negated, boolean timed) implements Node {
    public Pipeline {
      stages = List.copyOf(stages);
    }
  }

  /**
   * @param errorsToo {@code |&} follows: standard error goes into the pipe as well
   */
  record Stage(Node command, boolean errorsToo) {}

  /** A command with its arguments; at least one of the three lists is not empty. */
  record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects)
      implements Node {
    public Simple {
      assignments = List.copyOf(assignments);
      words = List.copyOf(words);
      redirects = List.copyOf(redirects);
    }
  }

  /**
   * {@code name=value} in front of a command.
   *
   * @param subscript between brackets; absent for none
   * @param appends {@code +=}
   * @param value absent for an empty one; an array is one part
   */
  record Assignment(String name, Word subscript, boolean appends, Word value) {}

  /** A command other than a simple one, with redirections behind it. */
  record Redirected(Node command, List<Redirect> redirects) implements Node {
    public Redirected {
      redirects = List.copyOf(redirects);
    }
  }

  /** {@code ( … )}. */
  record Subshell(Sequence body) implements Node {}

  /** <code>{ …; }</code>. */
  record Group(Sequence body) implements Node {}

  /**
   * {@code if}, with a branch for each {@code elif}.
   *
   * @param otherwise empty for no {@code else}
   */
  record If(List<Branch> branches, Sequence otherwise) implements Node {
    public If {
      branches = List.copyOf(branches);
    }
  }

  /** A condition and what follows from it. */
  record Branch(Sequence condition, Sequence body) {}

  /** {@code while}, or {@code until} when negated. */
  record Loop(boolean until, Sequence condition, Sequence body) implements Node {}

  /**
   * {@code for name in words}, or {@code select}.
   *
   * @param overArguments no words are given: it goes over the positional parameters
   */
  record For(boolean select, String name, boolean overArguments, List<Word> words, Sequence body)
      implements Node {
    public For {
      words = List.copyOf(words);
    }
  }

  /** {@code for ((start; condition; step))}. */
  record ArithmeticFor(List<Word.Expression> clauses, Sequence body) implements Node {
    public ArithmeticFor {
      clauses = List.copyOf(clauses);
    }
  }

  /** {@code case}. */
  record Case(Word subject, List<Choice> choices) implements Node {
    public Case {
      choices = List.copyOf(choices);
    }
  }

  /** Patterns and what runs for them. */
  record Choice(List<Word> patterns, Sequence body, Ending ending) {
    public Choice {
      patterns = List.copyOf(patterns);
    }
  }

  /** How a choice ends. */
  enum Ending {
    /** {@code ;;}. */
    BREAK,
    /** {@code ;&}: the next body runs too. */
    FALL_THROUGH,
    /** {@code ;;&}: the next patterns are tried too. */
    GO_ON
  }

  /** A definition in either spelling. */
  record Function(String name, Node body) implements Node {}

  /** {@code [[ … ]]}. */
  record Condition(Test test) implements Node {}

  /** {@code (( … ))}. */
  record Arithmetic(Word.Expression expression) implements Node {}

  /**
   * {@code coproc}.
   *
   * @param name empty for none
   */
  record Coprocess(String name, Node body) implements Node {}

  /** The inside of {@code [[ … ]]}. */
  sealed interface Test {
    /** {@code ! test}. */
    record Not(Test test) implements Test {}

    /**
     * Tests joined by one operator.
     *
     * @param all {@code &&}, else {@code ||}
     */
    record Joined(boolean all, List<Test> tests) implements Test {
      public Joined {
        tests = List.copyOf(tests);
      }
    }

    /** Such as {@code -f word}. */
    record Unary(String operator, Word word) implements Test {}

    /** Such as {@code left == right}. */
    record Binary(Word left, String operator, Word right) implements Test {}

    /** A word that must not be empty. */
    record NotEmpty(Word word) implements Test {}
  }
}
