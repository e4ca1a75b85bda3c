package dev.agent.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree as bash would run it, on everything that may be the case at once: where two ways are
 * possible, it goes both and keeps what holds on either. It finds rather too much than too little.
 * For one walk on one thread.
 */
final class Machine {
  /** More commands than that are not walked, as when code contains itself many times over. */
  private static final int MAX_STEPS = 20_000;

  private static final int MAX_TURNS = 32;

  private final State start;
  private final List<Redirection> redirections = new ArrayList<>(0);
  private final List<Definition> definitions = new ArrayList<>(0);
  private final Set<Doubt> doubts = new java.util.LinkedHashSet<>(0);
  private final Set<String> functions = new HashSet<>(0);
  private final Inspector inspector = new Inspector(this);
  private final Invoker invoker = new Invoker(this);
  private List<Invocation> found = new ArrayList<>(2);

  /** What the commands that are being walked read from their standard input, when that is known. */
  private @Nullable Argument input;

  private State.After afterCode = State.After.same(State.ANYTHING);
  private int steps;
  private int depth;
  private int turns = 1;

  Machine(Map<String, String> environment) {
    start = new State(Directory.START, Variables.of(environment));
  }

  void run(Script script) {
    walk(script.body(), start, Position.LINE);
  }

  List<Invocation> commands() {
    return found;
  }

  List<Redirection> redirections() {
    return redirections;
  }

  List<Definition> definitions() {
    return definitions;
  }

  List<Doubt> doubts() {
    return List.copyOf(doubts);
  }

  void doubt(Doubt.Kind kind, String source) {
    doubts.add(new Doubt(kind, source));
  }

  void define(Definition definition) {
    definitions.add(definition);
  }

  boolean isFunction(String name) {
    return functions.contains(name);
  }

  @Nullable Argument input() {
    return input;
  }

  /** False when nothing more may be walked; {@link #leave} is due when it is true. */
  boolean enter() {
    if (depth >= Script.MAX_NESTING || steps >= MAX_STEPS) {
      doubt(Doubt.Kind.TOO_MUCH, "");
      return false;
    }
    depth++;
    return true;
  }

  void leave() {
    depth--;
  }

  /** Walks code that stands in a word, and gives its commands. */
  List<Invocation> inside(String code, boolean exact, State state, Position position) {
    Script script = ShellParser.parse(code);
    if (!script.isUnderstood() || !exact) {
      doubt(Doubt.Kind.UNREADABLE_CODE, code);
    }
    List<Invocation> outer = found;
    Argument outerInput = input;
    found = new ArrayList<>(2);
    input = null;
    afterCode = walk(script.body(), state, position);
    List<Invocation> inner = found;
    found = outer;
    input = outerInput;
    return inner;
  }

  /** What is known after the code that was walked last. */
  State.After afterCode() {
    return afterCode;
  }

  /** Walks a node. */
  State.After walk(Node node, State state, Position position) {
    if (steps++ >= MAX_STEPS) {
      doubt(Doubt.Kind.TOO_MUCH, "");
      return State.After.same(State.ANYTHING);
    }
    return switch (node) {
      case Node.Sequence(List<Node.Item> items) -> sequence(items, state, position);
      case Node.AndOr(Node first, List<Node.Link> links) -> andOr(first, links, state, position);
      case Node.Pipeline pipeline -> pipeline(pipeline, state, position);
      case Node.Simple simple -> simple(simple, state, position);
      case Node.Redirected(Node command, List<Redirect> redirects) ->
          redirected(command, redirects, state, position);
      case Node.Subshell(Node.Sequence body) -> {
        walk(body, state, position.deeper());
        yield State.After.same(state);
      }
      case Node.Group(Node.Sequence body) -> walk(body, state, position.deeper());
      case Node.If conditional -> conditional(conditional, state, position.deeper());
      case Node.Loop loop -> loop(loop, state, position.deeper());
      case Node.For over -> over(over, state, position.deeper());
      case Node.ArithmeticFor(List<Word.Expression> clauses, Node.Sequence body) -> {
        clauses.forEach(it -> inspector.expression(it, state, position));
        State any = widened(body, state);
        walk(body, any, position.deeper().perhaps());
        yield State.After.same(any);
      }
      case Node.Case choices -> choices(choices, state, position.deeper());
      case Node.Function(String name, Node body) -> {
        functions.add(name);
        define(new Definition(Definition.Kind.FUNCTION, name, Argument.exact(""), false));
        withoutInput(body, State.ANYTHING, position.function());
        yield State.After.same(state);
      }
      case Node.Condition(Node.Test test) -> {
        inspector.test(test, state, position);
        yield State.After.same(inspector.after(state));
      }
      case Node.Arithmetic(Word.Expression expression) -> {
        inspector.expression(expression, state, position);
        yield State.After.same(inspector.after(state));
      }
      case Node.Coprocess(String name, Node body) -> {
        doubt(Doubt.Kind.COPROCESS, name);
        withoutInput(body, state, position.deeper().background());
        yield State.After.same(
            state.with(state.variables().withUnknown(name.isEmpty() ? "COPROC" : name)));
      }
    };
  }

  private void withoutInput(Node body, State state, Position position) {
    Argument outer = input;
    input = null;
    walk(body, state, position);
    input = outer;
  }

  private State.After sequence(List<Node.Item> items, State state, Position position) {
    State.After after = State.After.same(state);
    for (int i = 0; i < items.size(); i++) {
      Node.Item item = items.get(i);
      State before = after.either();
      Position at = i == items.size() - 1 ? position : position.notDecisive();
      if (item.background()) {
        walk(item.command(), before, at.background());
        after = State.After.same(before);
      } else {
        after = walk(item.command(), before, at);
      }
    }
    return after;
  }

  private State.After andOr(Node first, List<Node.Link> links, State state, Position position) {
    State.After after = walk(first, state, position);
    Position perhaps = position.perhaps();
    for (Node.Link link : links) {
      if (link.onSuccess()) {
        State.After next = walk(link.command(), after.success(), perhaps);
        after = new State.After(next.success(), after.failure().or(next.failure()));
      } else {
        State.After next = walk(link.command(), after.failure(), perhaps);
        after = new State.After(after.success().or(next.success()), next.failure());
      }
    }
    return after;
  }

  private State.After pipeline(Node.Pipeline pipeline, State state, Position position) {
    List<Node.Stage> stages = pipeline.stages();
    if (stages.isEmpty()) {
      return State.After.same(state);
    }
    if (stages.size() == 1) {
      State.After after = walk(stages.getFirst().command(), state, position);
      return pipeline.negated() ? after.swapped() : after;
    }
    Argument outer = input;
    for (int i = 0; i < stages.size(); i++) {
      int before = found.size();
      walk(stages.get(i).command(), state, position.piped(i == stages.size() - 1));
      input = Invoker.output(found.subList(before, found.size()));
    }
    input = outer;
    return State.After.same(state);
  }

  private State.After simple(Node.Simple simple, State state, Position position) {
    return invoker.run(simple, state, position, found);
  }

  private State.After redirected(
      Node command, List<Redirect> redirects, State state, Position position) {
    List<Redirection> targets = redirections(redirects, state, position);
    Argument outer = input;
    input = textOf(targets, input);
    State.After after = walk(command, inspector.after(state), position);
    input = outer;
    return after;
  }

  /** What standard input holds behind the redirections. */
  static @Nullable Argument textOf(List<Redirection> targets, @Nullable Argument before) {
    Argument text = before;
    for (Redirection target : targets) {
      if (target.descriptor().equals("0")) {
        boolean known = target.kind() == Redirection.Kind.TEXT;
        text = known ? target.target() : null;
      }
    }
    return text;
  }

  /** Finds and keeps what redirections do. */
  List<Redirection> redirections(List<Redirect> redirects, State state, Position position) {
    if (redirects.isEmpty()) {
      return List.of();
    }
    List<Redirection> targets = new ArrayList<>(redirects.size());
    for (Redirect redirect : redirects) {
      inspector.word(redirect.target(), state, position);
      inspector.word(redirect.document(), state, position);
      targets.add(Redirections.of(redirect, state));
    }
    redirections.addAll(targets);
    return targets;
  }

  Inspector inspector() {
    return inspector;
  }

  private State.After conditional(Node.If conditional, State state, Position position) {
    State before = state;
    State.After all = null;
    for (Node.Branch branch : conditional.branches()) {
      State.After condition = walk(branch.condition(), before, position.notDecisive());
      State.After body = walk(branch.body(), condition.success(), position.perhaps());
      all = all == null ? body : joined(all, body);
      before = condition.failure();
      position = position.perhaps();
    }
    State.After otherwise = walk(conditional.otherwise(), before, position);
    return all == null ? otherwise : joined(all, otherwise);
  }

  private static State.After joined(State.After left, State.After right) {
    return new State.After(left.success().or(right.success()), left.failure().or(right.failure()));
  }

  private State.After loop(Node.Loop loop, State state, Position position) {
    State any = widened(loop.condition(), widened(loop.body(), state));
    State.After condition = walk(loop.condition(), any, position.notDecisive());
    walk(loop.body(), loop.until() ? condition.failure() : condition.success(), position.perhaps());
    return State.After.same(any);
  }

  /** What holds before every turn of a loop. */
  private State widened(Node body, State state) {
    Variables any = state.variables().allUnknown();
    return new State(
        Programs.of(body).mayMove(functions) ? Directory.UNKNOWN : state.directory(), any);
  }

  private State.After over(Node.For over, State state, Position position) {
    List<Argument> values = new ArrayList<>();
    Expander expander = new Expander(state.variables());
    for (Word word : over.words()) {
      inspector.word(word, state, position);
      expander.expand(word, values);
    }
    define(
        new Definition(
            Definition.Kind.VARIABLE,
            over.name(),
            Argument.unknown(""),
            Names.isInertLoopVariable(over.name())));
    State before = inspector.after(state);
    boolean turnByTurn =
        !over.overArguments()
            && !over.select()
            && turns * values.size() <= MAX_TURNS
            && values.stream().noneMatch(it -> it.certainty() == Argument.Certainty.UNKNOWN)
            && !Programs.of(over.body()).mayJump(functions);
    if (!turnByTurn) {
      State any = widened(over.body(), before);
      walk(over.body(), any, position.perhaps());
      return State.After.same(any);
    }
    int outer = turns;
    turns *= Math.max(1, values.size());
    for (Argument value : values) {
      Variables bound = before.variables().with(over.name(), value);
      before = walk(over.body(), before.with(bound), position).either();
    }
    turns = outer;
    return State.After.same(before);
  }

  private State.After choices(Node.Case choices, State state, Position position) {
    inspector.word(choices.subject(), state, position);
    State before = inspector.after(state);
    State all = before;
    State previous = before;
    for (Node.Choice choice : choices.choices()) {
      choice.patterns().forEach(it -> inspector.word(it, state, position));
      previous = walk(choice.body(), before.or(previous), position.perhaps()).either();
      all = all.or(previous);
    }
    return State.After.same(all);
  }
}
