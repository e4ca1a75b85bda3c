package dev.agent.shell;

import dev.agent.shell.Word.Part;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns words into the arguments that they become, as far as that can be known. */
final class Expander {
  private final Variables variables;

  Expander(Variables variables) {
    this.variables = variables;
  }

  /** Adds the arguments that a word of a command becomes: none, one or several. */
  void expand(Word word, List<Argument> into) {
    if (word.parts().size() == 1
        && word.parts().getFirst() instanceof Part.Literal(String text)
        && isSimple(text)) {
      into.add(Argument.exact(text));
      return;
    }
    if (!Braces.mayExpand(word)) {
      fields(word, false, into);
      return;
    }
    Optional<List<Word>> words = Braces.expand(word);
    if (words.isEmpty()) {
      into.add(Argument.unknown(Sources.of(word)));
      return;
    }
    boolean changed = words.get().size() != 1 || !words.get().getFirst().equals(word);
    for (Word one : words.get()) {
      fields(one, changed, into);
    }
  }

  /** Whether the text holds nothing that any expansion looks at. */
  private static boolean isSimple(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '{', '*', '?', '[', '~' -> {
          return false;
        }
        default -> {
          // stands for itself
        }
      }
    }
    return true;
  }

  private void fields(Word word, boolean braces, List<Argument> into) {
    Fields fields = new Fields(into, variables.splitsAtBlanks());
    List<Part> parts = word.parts();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      Part next = i + 1 < parts.size() ? parts.get(i + 1) : null;
      if (hasLateTilde(part) || braces && isReadAgain(part, next)) {
        fields.unknown(Sources.of(new Word(List.of(part))));
      } else {
        add(part, false, fields);
      }
    }
    fields.end();
  }

  /** Tildes behind the later signs of an assignment: whether they count depends on the others. */
  private static boolean hasLateTilde(Part part) {
    return part instanceof Part.Literal(String text)
        && (text.contains("=~") || text.contains(":~"));
  }

  /**
   * Braces work on text that is read anew afterwards: a tilde may have come to where it counts, a
   * name may have become longer, and a lone dollar sign may have found one.
   */
  private static boolean isReadAgain(Part part, @Nullable Part next) {
    return switch (part) {
      case Part.Literal(String text) -> text.indexOf('~') >= 0 || text.indexOf('$') >= 0;
      case Part.Parameter parameter ->
          !parameter.source().startsWith("${")
              && next instanceof Part.Literal(String text)
              && Characters.isNamePart(text.charAt(0));
      default -> false;
    };
  }

  /** The one value that a word has where it is neither cut nor matched with files. */
  Argument value(Word word) {
    Fields fields = new Fields(new java.util.ArrayList<>(1), false);
    fields.quoted("");
    for (Part part : word.parts()) {
      add(part, true, fields);
    }
    return fields.value();
  }

  /**
   * @param quoted expansions are not cut, patterns are none
   */
  private void add(Part part, boolean quoted, Fields fields) {
    switch (part) {
      case Part.Literal(String text) -> {
        if (quoted) {
          fields.quoted(text);
        } else {
          fields.literal(text);
        }
      }
      case Part.Escaped(String text) -> fields.quoted(text);
      case Part.SingleQuoted(String text) -> fields.quoted(text);
      case Part.AnsiQuoted(String text) -> fields.quoted(text);
      case Part.DoubleQuoted(List<Part> inner, _) -> {
        fields.quoted("");
        for (Part one : inner) {
          add(one, true, fields);
        }
      }
      case Part.Tilde(String user) -> tilde(user, fields);
      case Part.Parameter parameter -> parameter(parameter, quoted, fields);
      case Part.CommandSubstitution(Node.Sequence body, String source) -> {
        Optional<String> text = quoted ? Documents.printed(body) : Optional.empty();
        text.ifPresentOrElse(fields::quoted, () -> fields.unknown(source));
      }
      case Part.Arithmetic(_, String source) -> fields.unknown(source);
      case Part.ProcessSubstitution(_, _, String source) -> fields.unknown(source);
      case Part.ExtendedPattern(_, _, String source) -> fields.unknown(source);
      case Part.Array(_, String source) -> fields.unknown(source);
    }
  }

  private void tilde(String user, Fields fields) {
    Argument value =
        switch (user) {
          case "" -> variables.get("HOME");
          case "+" -> variables.get("PWD");
          default -> Argument.unknown("");
        };
    if (value.isExact() && !value.text().isEmpty()) {
      fields.quoted(value.text());
    } else {
      fields.unknown("~" + user);
    }
  }

  private void parameter(Part.Parameter parameter, boolean quoted, Fields fields) {
    Argument value = variables.get(parameter.name());
    boolean known = value.certainty() != Argument.Certainty.UNKNOWN;
    boolean whole = parameter.isPlain() || known && isDefault(parameter) && value.isExact();
    boolean replaced =
        whole
            && !parameter.isPlain()
            && parameter.operator().charAt(0) == ':'
            && value.text().isEmpty();
    if (!known || !whole || replaced || !Characters.isName(parameter.name())) {
      fields.unknown(parameter.source());
    } else if (value.certainty() == Argument.Certainty.PATTERN) {
      if (quoted) {
        fields.pattern(value.text());
      } else {
        fields.unknown(parameter.source());
      }
    } else if (quoted) {
      fields.quoted(value.text());
    } else {
      fields.split(value.text(), parameter.source());
    }
  }

  /** Whether the operator leaves a value that is set as it is. */
  private static boolean isDefault(Part.Parameter parameter) {
    boolean bare = parameter.subscript().isAbsent() && !parameter.indirect() && !parameter.length();
    return bare
        && switch (parameter.operator()) {
          case "-", ":-", "=", ":=", "?", ":?" -> true;
          default -> false;
        };
  }
}
