package dev.agent.shell;

import dev.agent.shell.Word.Part;
import java.util.List;
import java.util.Set;

/** Looks into words for what runs inside of them, and for what nobody can tell. */
final class Inspector {
  private static final Set<String> ARITHMETIC_TESTS =
      Set.of("-eq", "-ne", "-lt", "-le", "-gt", "-ge");

  private final Machine machine;
  private boolean assigned;

  Inspector(Machine machine) {
    this.machine = machine;
  }

  /** What is known after the words that were looked into since the last call. */
  State after(State state) {
    if (!assigned) {
      return state;
    }
    assigned = false;
    return state.with(state.variables().allUnknown());
  }

  void word(Word word, State state, Position position) {
    parts(word.parts(), state, position);
  }

  private void parts(List<Part> parts, State state, Position position) {
    for (Part part : parts) {
      switch (part) {
        case Part.Literal _,
            Part.Escaped _,
            Part.SingleQuoted _,
            Part.AnsiQuoted _,
            Part.Tilde _ -> {
          // text
        }
        case Part.DoubleQuoted(List<Part> inner, _) -> parts(inner, state, position);
        case Part.Parameter parameter -> parameter(parameter, state, position);
        case Part.Arithmetic(Word.Expression expression, _) ->
            expression(expression, state, position);
        case Part.CommandSubstitution(Node.Sequence body, _) -> body(body, state, position);
        case Part.ProcessSubstitution(Node.Sequence body, _, _) -> body(body, state, position);
        case Part.ExtendedPattern(_, List<Word> alternatives, _) ->
            alternatives.forEach(it -> word(it, state, position));
        case Part.Array(List<Word.Element> elements, _) -> {
          for (Word.Element element : elements) {
            expression(new Word.Expression(element.subscript().parts()), state, position);
            word(element.value(), state, position);
          }
        }
      }
    }
  }

  private void body(Node.Sequence body, State state, Position position) {
    if (machine.enter()) {
      boolean outer = assigned;
      machine.walk(body, state, position.substitution());
      assigned = outer; // in a shell of its own
      machine.leave();
    }
  }

  /** Arithmetic evaluates the values of the variables that it names. */
  void expression(Word.Expression expression, State state, Position position) {
    parts(expression.parts(), state, position);
    if (!expression.isConstant()) {
      assigned = true;
      machine.doubt(Doubt.Kind.EVALUATES, Sources.of(new Word(expression.parts())));
    }
  }

  private void parameter(Part.Parameter parameter, State state, Position position) {
    if (parameter.isPlain()) {
      return;
    }
    subscript(parameter.subscript(), state, position);
    String operator = parameter.operator();
    word(parameter.operand(), state, position);
    if (parameter.indirect() && !operator.startsWith("!") || operator.equals("@P")) {
      boolean keys = parameter.indirect() && isWhole(parameter.subscript());
      if (!keys || operator.equals("@P")) {
        machine.doubt(Doubt.Kind.EVALUATES, parameter.source());
      }
    }
    if (operator.equals("=") || operator.equals(":=")) {
      assigned = true;
      machine.doubt(Doubt.Kind.ASSIGNS, parameter.source());
    }
    if (operator.equals(":") && !new Word.Expression(parameter.operand().parts()).isConstant()) {
      machine.doubt(Doubt.Kind.EVALUATES, parameter.source());
    }
  }

  private void subscript(Word subscript, State state, Position position) {
    if (!subscript.isAbsent() && !isWhole(subscript)) {
      expression(new Word.Expression(subscript.parts()), state, position);
    }
  }

  private static boolean isWhole(Word subscript) {
    return subscript.parts().size() == 1
        && subscript.parts().getFirst() instanceof Part.Literal(String text)
        && (text.equals("@") || text.equals("*"));
  }

  void test(Node.Test test, State state, Position position) {
    switch (test) {
      case Node.Test.Not(Node.Test inner) -> test(inner, state, position);
      case Node.Test.Joined(_, List<Node.Test> tests) ->
          tests.forEach(it -> test(it, state, position));
      case Node.Test.NotEmpty(Word word) -> word(word, state, position);
      case Node.Test.Unary(String operator, Word word) -> {
        word(word, state, position);
        boolean names = operator.equals("-v") || operator.equals("-R");
        if (names && !Characters.isName(Sources.of(word))) {
          machine.doubt(Doubt.Kind.EVALUATES, Sources.of(word));
        }
      }
      case Node.Test.Binary(Word left, String operator, Word right) -> {
        word(left, state, position);
        word(right, state, position);
        if (ARITHMETIC_TESTS.contains(operator)) {
          evaluated(left, state);
          evaluated(right, state);
        }
      }
    }
  }

  /** Both sides of an arithmetic test are evaluated, quoted or not. */
  private void evaluated(Word word, State state) {
    Argument value = new Expander(state.variables()).value(word);
    String digits = value.text().startsWith("-") ? value.text().substring(1) : value.text();
    boolean counts = isCount(word);
    if (!counts && !(value.isExact() && Characters.isNumber(digits))) {
      assigned = true;
      machine.doubt(Doubt.Kind.EVALUATES, Sources.of(word));
    }
  }

  /** Special parameters that are always numbers. */
  private static boolean isCount(Word word) {
    return word.parts().size() == 1
        && word.parts().getFirst() instanceof Part.Parameter parameter
        && (parameter.isPlain() && Set.of("#", "?", "$", "!").contains(parameter.name())
            || parameter.length() && parameter.subscript().isAbsent());
  }
}
