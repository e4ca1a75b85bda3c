package dev.agent.shell;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of the programs that may run in the shell itself when a node runs.
 *
 * @param names of those that are known
 * @param any whether there are others
 */
record Programs(Set<String> names, boolean any) {
  private static final Set<String> MOVING =
      Set.of("cd", "pushd", "popd", "eval", "source", ".", "command", "builtin", "exec");

  private static final Set<String> JUMPING =
      Set.of("break", "continue", "return", "exit", "eval", "source", ".", "command", "builtin");

  static Programs of(Node node) {
    Set<String> names = new HashSet<>();
    boolean any = collect(node, names);
    return new Programs(names, any);
  }

  /** Whether the directory may be another one afterwards. */
  boolean mayMove(Set<String> functions) {
    return any || meets(MOVING) || meets(functions);
  }

  /** Whether it may end before its end. */
  boolean mayJump(Set<String> functions) {
    return any || meets(JUMPING) || meets(functions);
  }

  private boolean meets(Set<String> wanted) {
    for (String name : names) {
      if (wanted.contains(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean collect(Node node, Set<String> names) {
    return switch (node) {
      case Node.Sequence(List<Node.Item> items) -> {
        boolean any = false;
        for (Node.Item item : items) {
          any |= collect(item.command(), names);
        }
        yield any;
      }
      case Node.AndOr(Node first, List<Node.Link> links) -> {
        boolean any = collect(first, names);
        for (Node.Link link : links) {
          any |= collect(link.command(), names);
        }
        yield any;
      }
      case Node.Pipeline(List<Node.Stage> stages, _, _) -> {
        boolean any = false;
        for (Node.Stage stage : stages) {
          any |= collect(stage.command(), names);
        }
        yield any;
      }
      case Node.Simple(_, List<Word> words, _) -> {
        if (words.isEmpty()) {
          yield false;
        }
        List<Word.Part> parts = words.getFirst().parts();
        if (parts.size() == 1 && parts.getFirst() instanceof Word.Part.Literal(String text)) {
          names.add(text);
          yield text.indexOf('{') >= 0;
        }
        yield true;
      }
      case Node.Redirected(Node command, _) -> collect(command, names);
      case Node.Subshell(Node.Sequence body) -> collect(body, names);
      case Node.Group(Node.Sequence body) -> collect(body, names);
      case Node.If(List<Node.Branch> branches, Node.Sequence otherwise) -> {
        boolean any = collect(otherwise, names);
        for (Node.Branch branch : branches) {
          any |= collect(branch.condition(), names);
          any |= collect(branch.body(), names);
        }
        yield any;
      }
      case Node.Loop(_, Node.Sequence condition, Node.Sequence body) -> {
        boolean any = collect(condition, names);
        yield collect(body, names) || any;
      }
      case Node.For over -> collect(over.body(), names);
      case Node.ArithmeticFor(_, Node.Sequence body) -> collect(body, names);
      case Node.Case(_, List<Node.Choice> choices) -> {
        boolean any = false;
        for (Node.Choice choice : choices) {
          any |= collect(choice.body(), names);
        }
        yield any;
      }
      case Node.Function(_, Node body) -> collect(body, names);
      case Node.Condition _ -> false;
      case Node.Arithmetic _ -> false;
      case Node.Coprocess(_, Node body) -> collect(body, names);
    };
  }
}
