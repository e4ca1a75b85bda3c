package dev.agent.shell;

import dev.agent.shell.Wrappers.Content;
import dev.agent.shell.Wrappers.Where;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs simple commands on the abstract machine. */
final class Invoker {
  private final Machine machine;

  Invoker(Machine machine) {
    this.machine = machine;
  }

  /** Runs one, adds what it is to the list, and says what is known afterwards. */
  State.After run(Node.Simple simple, State state, Position position, List<Invocation> into) {
    Inspector inspector = machine.inspector();
    List<Argument> argv = new ArrayList<>(simple.words().size());
    Expander expander = new Expander(state.variables());
    for (Word word : simple.words()) {
      inspector.word(word, state, position);
      expander.expand(word, argv);
    }
    List<Definition> assignments = assignments(simple.assignments(), state, position);
    List<Redirection> redirections = machine.redirections(simple.redirects(), state, position);
    assignments.forEach(machine::define);
    State after = inspector.after(state);
    State with = after;
    for (Definition assignment : assignments) {
      with = with.with(with.variables().with(assignment.name(), assignment.value()));
    }
    if (argv.isEmpty()) {
      if (!simple.words().isEmpty()) {
        // Words that all vanish leave a command that only assigns.
        machine.doubt(Doubt.Kind.UNKNOWN_COMMAND, Sources.of(simple.words().getFirst()));
      }
      return State.After.same(with);
    }
    Call call = new Call(argv, assignments, redirections, with, position);
    Done done = call(call, Machine.textOf(redirections, machine.input()), true);
    into.add(done.invocation());
    return assignments.isEmpty() ? done.after() : restored(done.after(), after, assignments);
  }

  /** Variables that are set for one command have their old values behind it. */
  private static State.After restored(
      State.After after, State before, List<Definition> assignments) {
    State success = after.success();
    State failure = after.failure();
    for (Definition assignment : assignments) {
      Argument old = before.variables().get(assignment.name());
      success = success.with(success.variables().with(assignment.name(), old));
      failure = failure.with(failure.variables().with(assignment.name(), old));
    }
    return new State.After(success, failure);
  }

  private record Call(
      List<Argument> argv,
      List<Definition> assignments,
      List<Redirection> redirections,
      State state,
      Position position) {}

  private record Done(Invocation invocation, State.After after) {}

  private List<Definition> assignments(
      List<Node.Assignment> assignments, State state, Position position) {
    if (assignments.isEmpty()) {
      return List.of();
    }
    List<Definition> definitions = new ArrayList<>(assignments.size());
    State current = state;
    for (Node.Assignment assignment : assignments) {
      machine.inspector().word(assignment.value(), current, position);
      Argument value = new Expander(current.variables()).value(assignment.value());
      boolean plain = assignment.subscript().isAbsent() && !assignment.appends();
      if (!assignment.subscript().isAbsent()) {
        machine
            .inspector()
            .expression(new Word.Expression(assignment.subscript().parts()), current, position);
      }
      if (!plain) {
        value = Argument.unknown(value.text());
      }
      String name = assignment.name();
      definitions.add(
          new Definition(Definition.Kind.VARIABLE, name, value, plain && Names.isInert(name)));
      current = current.with(current.variables().with(name, value));
    }
    return definitions;
  }

  private Done call(Call call, @Nullable Argument input, boolean looksInside) {
    List<Argument> argv = call.argv();
    Argument first = argv.getFirst();
    if (!first.isExact()) {
      machine.doubt(Doubt.Kind.UNKNOWN_COMMAND, first.text());
      return new Done(
          made(call, Invocation.Wrapping.NONE, List.of()), State.After.same(State.ANYTHING));
    }
    String text = first.text();
    boolean path = text.indexOf('/') >= 0;
    String program = path ? text.substring(text.lastIndexOf('/') + 1) : text;
    if (!path && machine.isFunction(text)) {
      return new Done(
          made(call, Invocation.Wrapping.NONE, List.of()), State.After.same(State.ANYTHING));
    }
    if (!looksInside) {
      return new Done(
          made(call, Invocation.Wrapping.NONE, List.of()), State.After.same(call.state()));
    }
    Wrappers.Contents contents = Wrappers.of(program, path, argv);
    boolean fed = input != null && Wrappers.readsCommands(program, argv);
    if (contents.wrapping() == Invocation.Wrapping.NONE && !fed) {
      if (Wrappers.readsCommands(program, argv)) {
        machine.doubt(Doubt.Kind.UNKNOWN_CODE, text);
      }
      State.After after =
          path
              ? State.After.same(call.state())
              : Builtins.after(machine, program, argv, call.state());
      return new Done(made(call, Invocation.Wrapping.NONE, List.of()), after);
    }
    if (program.equals("trap")) {
      Builtins.after(machine, program, argv, call.state());
    }
    return wrapper(call, contents, fed ? input : null);
  }

  private Done wrapper(Call call, Wrappers.Contents contents, @Nullable Argument code) {
    List<Invocation> inner = new ArrayList<>(1);
    State.After after = State.After.same(call.state());
    if (machine.enter()) {
      for (Content content : contents.contents()) {
        after = content(content, call, inner);
      }
      if (code != null) {
        State beside = stateFor(Where.BESIDE, call.state());
        inner.addAll(
            machine.inside(
                code.text(), code.isExact(), beside, call.position().deeper().perhaps()));
      }
      machine.leave();
    } else {
      after = State.After.same(State.ANYTHING);
    }
    Invocation.Wrapping wrapping =
        contents.wrapping() == Invocation.Wrapping.NONE
            ? Invocation.Wrapping.OPAQUE
            : contents.wrapping();
    return new Done(made(call, wrapping, inner), after);
  }

  private State.After content(Content content, Call call, List<Invocation> inner) {
    Position position = call.position().deeper().perhaps();
    switch (content) {
      case Content.Command(var argv, var assignments, Where where, boolean reading) -> {
        List<Definition> set = new ArrayList<>(assignments.size());
        for (Argument assignment : assignments) {
          set.add(assigned(assignment));
        }
        set.forEach(machine::define);
        State state = stateFor(where, call.state());
        Done done =
            call(
                new Call(argv, set, List.of(), state, position),
                Machine.textOf(call.redirections(), machine.input()),
                !reading);
        inner.add(done.invocation());
        return where == Where.HERE ? done.after() : State.After.same(call.state());
      }
      case Content.Code(String text, boolean exact, Where where) -> {
        if (!exact) {
          machine.doubt(Doubt.Kind.UNKNOWN_CODE, text);
        }
        State state = stateFor(where, call.state());
        Position at = where == Where.ELSEWHERE ? position.function() : position;
        inner.addAll(machine.inside(text, exact, state, at));
        if (where != Where.HERE) {
          return State.After.same(call.state());
        }
        return exact ? machine.afterCode() : State.After.same(State.ANYTHING);
      }
    }
  }

  private static State stateFor(Where where, State state) {
    return switch (where) {
      case HERE -> state;
      case BESIDE -> new State(state.directory(), state.variables().allUnknown());
      case ELSEWHERE -> State.ANYTHING;
    };
  }

  static Definition assigned(Argument assignment) {
    int equals = assignment.text().indexOf('=');
    String name = equals < 0 ? assignment.text() : assignment.text().substring(0, equals);
    boolean appends = name.endsWith("+");
    String plain = appends ? name.substring(0, name.length() - 1) : name;
    Argument value =
        assignment.isExact() && !appends
            ? Argument.exact(equals < 0 ? "" : assignment.text().substring(equals + 1))
            : Argument.unknown(assignment.text());
    return new Definition(Definition.Kind.VARIABLE, plain, value, !appends && Names.isInert(plain));
  }

  private static Invocation made(Call call, Invocation.Wrapping wrapping, List<Invocation> inner) {
    return new Invocation(
        call.argv(),
        call.assignments(),
        call.redirections(),
        call.state().directory(),
        call.position(),
        wrapping,
        inner);
  }

  /** What commands print, as far as that stands in the script; null when nothing of it does. */
  static @Nullable Argument output(List<Invocation> invocations) {
    StringBuilder all = new StringBuilder();
    boolean exact = true;
    for (Invocation invocation : invocations) {
      Argument text = output(invocation);
      if (text != null) {
        exact &= text.isExact();
        all.append(text.text()).append('\n');
      }
    }
    return all.isEmpty() ? null : new Argument(all.toString(), certainty(exact));
  }

  private static Argument.Certainty certainty(boolean exact) {
    return exact ? Argument.Certainty.EXACT : Argument.Certainty.UNKNOWN;
  }

  private static @Nullable Argument output(Invocation invocation) {
    List<Argument> operands = invocation.argv().subList(1, invocation.argv().size());
    return switch (invocation.program().orElse("")) {
      case "cat" -> {
        yield operands.isEmpty() ? Machine.textOf(invocation.redirections(), null) : null;
      }
      case "echo", "printf" -> {
        StringBuilder text = new StringBuilder();
        for (Argument argument : operands) {
          text.append(text.isEmpty() ? "" : " ").append(argument.text());
        }
        yield new Argument(text.toString(), certainty(invocation.isExact()));
      }
      default -> {
        yield null;
      }
    };
  }
}
