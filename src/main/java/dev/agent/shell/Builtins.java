package dev.agent.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the builtins of bash do to the shell itself. */
final class Builtins {
  private Builtins() {}

  /**
   * What is known after a command; what it defines and why it may be doubted goes to the machine.
   */
  static State.After after(Machine machine, String program, List<Argument> argv, State state) {
    return switch (program) {
      case "cd", "pushd" -> moved(program, argv, state);
      case "popd" -> new State.After(state.in(Directory.UNKNOWN), state);
      case "declare", "typeset", "local", "export", "readonly" -> declared(machine, argv, state);
      case "alias", "unalias" -> {
        operands(argv).forEach(it -> define(machine, Definition.Kind.ALIAS, it));
        yield State.After.same(state);
      }
      case "trap" -> {
        List<Argument> operands = operands(argv);
        if (!operands.isEmpty()) {
          define(machine, Definition.Kind.TRAP, operands.getLast());
        }
        yield State.After.same(state);
      }
      case "set", "ulimit", "umask", "bind", "complete", "compopt", "fc", "history" -> {
        if (argv.size() > 1) {
          define(machine, Definition.Kind.OPTION, argv.get(1));
        }
        yield State.After.same(program.equals("set") ? lost(state) : state);
      }
      case "shopt" -> {
        for (Argument argument : argv.subList(1, argv.size())) {
          boolean reads = argument.is("-q") || argument.is("-p");
          if (!reads && (!argument.isExact() || argument.text().startsWith("-"))) {
            define(machine, Definition.Kind.OPTION, argument);
          }
        }
        yield State.After.same(state);
      }
      case "enable", "hash" -> {
        if (argv.size() > 1) {
          define(machine, Definition.Kind.COMMAND, argv.getLast());
        }
        yield State.After.same(state);
      }
      case "source", "." -> {
        machine.doubt(Doubt.Kind.UNKNOWN_CODE, program);
        yield State.After.same(State.ANYTHING);
      }
      case "compgen" -> {
        machine.doubt(Doubt.Kind.UNKNOWN_CODE, program);
        yield State.After.same(state);
      }
      case "let" -> {
        machine.doubt(Doubt.Kind.EVALUATES, argv.getLast().text());
        yield State.After.same(lost(state));
      }
      case "read", "mapfile", "readarray", "getopts", "unset" ->
          State.After.same(named(machine, program, argv, state));
      case "printf", "wait", "test", "[" ->
          State.After.same(perhapsNamed(machine, program, argv, state));
      default -> State.After.same(state);
    };
  }

  private static State lost(State state) {
    return state.with(state.variables().allUnknown());
  }

  private static List<Argument> operands(List<Argument> argv) {
    List<Argument> operands = new ArrayList<>();
    boolean options = true;
    for (Argument argument : argv.subList(1, argv.size())) {
      boolean option = options && argument.isExact() && argument.text().startsWith("-");
      options = option && !argument.is("--");
      if (!option) {
        operands.add(argument);
      }
    }
    return operands;
  }

  private static void define(Machine machine, Definition.Kind kind, Argument what) {
    Definition split = Invoker.assigned(what);
    machine.define(new Definition(kind, split.name(), split.value(), false));
  }

  private static State.After moved(String program, List<Argument> argv, State state) {
    List<Argument> targets = new ArrayList<>();
    boolean options = true;
    boolean rotates = false;
    for (Argument argument : argv.subList(1, argv.size())) {
      boolean option =
          options && Set.of("-L", "-P", "-e", "-@", "-LP", "-PL").contains(argument.text());
      boolean end = options && argument.is("--");
      if (option || end) {
        options = option;
        rotates |= program.equals("pushd");
      } else {
        targets.add(argument);
      }
    }
    boolean elsewhere = state.variables().assigned().containsKey("CDPATH");
    Argument target = targets.isEmpty() ? home(program, state) : targets.getFirst();
    Directory to;
    if (rotates
        || targets.size() > 1
        || target.text().startsWith("-") && options
        || target.text().startsWith("+") && program.equals("pushd")) {
      to = Directory.UNKNOWN;
    } else if (elsewhere && !target.text().startsWith("/") && !target.text().startsWith(".")) {
      to = Directory.UNKNOWN;
    } else {
      to =
          target.text().isEmpty() && target.isExact()
              ? state.directory()
              : state.directory().then(target);
    }
    return new State.After(state.in(to), state);
  }

  private static Argument home(String program, State state) {
    return program.equals("cd") ? state.variables().get("HOME") : Argument.unknown("");
  }

  private static State.After declared(Machine machine, List<Argument> argv, State state) {
    boolean plain = true;
    boolean functions = false;
    State after = state;
    for (Argument argument : argv.subList(1, argv.size())) {
      if (argument.isExact() && argument.text().startsWith("-")) {
        String letters = argument.text();
        plain &= letters.equals("-x") || letters.equals("-r") || letters.equals("--");
        functions |= letters.indexOf('p') > 0;
        functions |= letters.indexOf('f') > 0 || letters.indexOf('F') > 0;
        continue;
      }
      if (functions && argument.isExact() && argument.text().indexOf('=') < 0) {
        continue; // only prints
      }
      Definition definition = Invoker.assigned(argument);
      boolean named = Characters.isName(definition.name());
      if (!named) {
        machine.doubt(Doubt.Kind.EVALUATES, argument.text());
      }
      machine.define(
          new Definition(
              Definition.Kind.VARIABLE,
              definition.name(),
              definition.value(),
              named && plain && definition.inert()));
      boolean assigns = argument.text().indexOf('=') >= 0;
      if (!argument.isExact() && !named) {
        after = lost(after);
      } else if (assigns && plain) {
        after = after.with(after.variables().with(definition.name(), definition.value()));
      } else if (!plain || assigns) {
        after = after.with(after.variables().withUnknown(definition.name()));
      }
    }
    return State.After.same(after);
  }

  /** Builtins whose operands are names of variables, which may hide an evaluated subscript. */
  private static State named(Machine machine, String program, List<Argument> argv, State state) {
    State after = state;
    boolean value = false;
    boolean options = true;
    for (Argument argument : argv.subList(1, argv.size())) {
      String text = argument.text();
      if (value) {
        value = false;
        continue;
      }
      if (options && argument.isExact() && text.startsWith("-") && text.length() > 1) {
        options = !text.equals("--");
        char last = text.charAt(text.length() - 1);
        value = "dinNptuCOsc".indexOf(last) >= 0 && !program.equals("unset");
        if (text.indexOf('C') > 0 && program.endsWith("ile")
            || text.indexOf('C') > 0 && program.endsWith("ay")) {
          machine.doubt(Doubt.Kind.UNKNOWN_CODE, text);
        }
        if (text.indexOf('a') > 0 && program.equals("read")) {
          after = lost(after);
        }
        continue;
      }
      options = false;
      if (!argument.isExact() || !Characters.isName(text)) {
        boolean specification = program.equals("getopts") && argument.isExact();
        if (!specification) {
          machine.doubt(Doubt.Kind.EVALUATES, text);
          after = lost(after);
        }
        continue;
      }
      machine.define(
          new Definition(
              Definition.Kind.VARIABLE,
              text,
              Argument.unknown(""),
              program.equals("read") && Names.isInertLoopVariable(text)));
      after = after.with(after.variables().withUnknown(text));
    }
    return after.equals(state) ? lost(after) : after;
  }

  /** Builtins with an option whose value is the name of a variable. */
  private static State perhapsNamed(
      Machine machine, String program, List<Argument> argv, State state) {
    String option = program.equals("wait") ? "-p" : "-v";
    boolean tests = program.equals("test") || program.equals("[");
    State after = state;
    for (int i = 1; i < argv.size(); i++) {
      String text = argv.get(i).text();
      boolean attached = !tests && i == 1 && text.startsWith(option) && text.length() > 2;
      boolean follows = text.equals(option) || tests && text.equals("-R");
      if (!attached && !follows || !tests && i > 1) {
        continue;
      }
      Argument name =
          attached
              ? new Argument(text.substring(2), argv.get(i).certainty())
              : i + 1 < argv.size() ? argv.get(i + 1) : Argument.exact("]");
      boolean closing = tests && name.is("]") || tests && i + 1 >= argv.size();
      if (closing) {
        continue;
      }
      boolean plain = name.isExact() && Characters.isName(name.text());
      if (!plain) {
        machine.doubt(Doubt.Kind.EVALUATES, name.text());
        after = tests ? after : lost(after);
      } else if (!tests) {
        machine.define(
            new Definition(Definition.Kind.VARIABLE, name.text(), Argument.unknown(""), false));
        after = after.with(after.variables().withUnknown(name.text()));
      }
    }
    return after;
  }
}
