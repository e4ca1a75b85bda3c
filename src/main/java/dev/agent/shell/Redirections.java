package dev.agent.shell;

import java.util.ArrayList;
import java.util.List;

/** Finds out what redirections do. */
final class Redirections {
  private Redirections() {}

  static Redirection of(Redirect redirect, State state) {
    String operator = redirect.operator();
    boolean input = operator.startsWith("<");
    String descriptor = redirect.descriptor().isEmpty() ? input ? "0" : "1" : redirect.descriptor();
    Expander expander = new Expander(state.variables());
    return switch (operator) {
      case "<<", "<<-" ->
          made(Redirection.Kind.TEXT, descriptor, expander.value(redirect.document()), state);
      case "<<<" ->
          made(Redirection.Kind.TEXT, descriptor, expander.value(redirect.target()), state);
      case "<&", ">&" -> copied(redirect, input, descriptor, state);
      default -> {
        Redirection.Kind kind =
            switch (operator) {
              case "<" -> Redirection.Kind.READ;
              case "<>" -> Redirection.Kind.READ_WRITE;
              case ">>", "&>>" -> Redirection.Kind.APPEND;
              default -> Redirection.Kind.WRITE;
            };
        String both = operator.startsWith("&") ? "1+2" : descriptor;
        yield made(kind, both, target(redirect.target(), state), state);
      }
    };
  }

  private static Redirection copied(
      Redirect redirect, boolean input, String descriptor, State state) {
    Argument target = target(redirect.target(), state);
    if (target.is("-")) {
      return made(Redirection.Kind.CLOSE, descriptor, target, state);
    }
    String text = target.text();
    String number = text.endsWith("-") ? text.substring(0, text.length() - 1) : text;
    if (target.isExact() && Characters.isNumber(number)) {
      return made(Redirection.Kind.DUPLICATE, descriptor, target, state);
    }
    if (input) {
      return made(Redirection.Kind.READ, descriptor, target, state);
    }
    String both = redirect.descriptor().isEmpty() ? "1+2" : descriptor;
    return made(Redirection.Kind.WRITE, both, target, state);
  }

  private static Redirection made(
      Redirection.Kind kind, String descriptor, Argument target, State state) {
    return new Redirection(kind, descriptor, target, state.directory());
  }

  /** A target is one word; what becomes several is an error, or unknown. */
  private static Argument target(Word word, State state) {
    List<Argument> targets = new ArrayList<>(1);
    new Expander(state.variables()).expand(word, targets);
    return targets.size() == 1 ? targets.getFirst() : Argument.unknown(Sources.of(word));
  }
}
