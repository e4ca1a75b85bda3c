package dev.agent.shell;

import dev.agent.shell.Word.Part;
import java.util.List;

/** What words say with their quotes removed and their expansions left as they stand. */
final class Sources {
  private Sources() {}

  static String of(Word word) {
    StringBuilder text = new StringBuilder();
    add(word.parts(), text);
    return text.toString();
  }

  private static void add(List<Part> parts, StringBuilder into) {
    for (Part part : parts) {
      switch (part) {
        case Part.Literal(String text) -> into.append(text);
        case Part.Escaped(String text) -> into.append(text);
        case Part.SingleQuoted(String text) -> into.append(text);
        case Part.AnsiQuoted(String text) -> into.append(text);
        case Part.DoubleQuoted(List<Part> inner, _) -> add(inner, into);
        case Part.Tilde(String user) -> into.append('~').append(user);
        case Part.Parameter parameter -> into.append(parameter.source());
        case Part.CommandSubstitution substitution -> into.append(substitution.source());
        case Part.ProcessSubstitution substitution -> into.append(substitution.source());
        case Part.Arithmetic arithmetic -> into.append(arithmetic.source());
        case Part.ExtendedPattern pattern -> into.append(pattern.source());
        case Part.Array array -> into.append(array.source());
      }
    }
  }
}
