package dev.agent.shell;

import java.util.List;
import java.util.Optional;

/** Substitutions whose output stands in the script. */
final class Documents {
  private Documents() {}

  /**
   * What {@code cat <<'END'} prints, the usual way to give a program a text of several lines; empty
   * for every other command.
   */
  static Optional<String> printed(Node.Sequence body) {
    if (body.items().size() != 1
        || body.items().getFirst().background()
        || !(body.items().getFirst().command()
            instanceof Node.Simple(List<Node.Assignment> none, var words, var redirects))
        || !none.isEmpty()
        || words.size() != 1
        || redirects.size() != 1
        || !words.getFirst().parts().equals(List.of(new Word.Part.Literal("cat")))) {
      return Optional.empty();
    }
    Redirect redirect = redirects.getFirst();
    if (!redirect.descriptor().isEmpty()
        || redirect.document().parts().size() != 1
        || !(redirect.document().parts().getFirst() instanceof Word.Part.SingleQuoted(var text))) {
      return Optional.empty();
    }
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    return Optional.of(text.substring(0, end));
  }
}
