package dev.agent.workspace;

import dev.agent.shell.Argument;
import dev.agent.shell.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command in front of {@code xargs} in a pipeline, where it prints nothing but names of files
 * below known directories.
 *
 * @param below directories and patterns for all that it may print
 * @param links which links it may print
 */
record NameSource(List<Argument> below, LinkFilter links) {
  private static final LinkFilter FILES = new LinkFilter(true, List.of());

  private static final Set<String> FILTERS = Set.of("sort", "head", "tail", "uniq", "tac", "grep");

  /** What feeds the command at an index; empty when that is not known to be names of files. */
  static Optional<NameSource> before(
      List<Invocation> commands, int index, List<CommandPart> judged) {
    Invocation command = commands.get(index);
    if (!command.program().orElse("").equals("xargs") || !command.position().inPipeline()) {
      return Optional.empty();
    }
    for (int i = index - 1; i >= 0; i--) {
      Invocation earlier = commands.get(i);
      CommandPart part = judged.get(i);
      boolean sameLine =
          earlier.position().inPipeline()
              && earlier.position().depth() == command.position().depth()
              && earlier.directory().equals(command.directory())
              && earlier.redirections().stream().noneMatch(it -> it.opensFile())
              && part.proof() == CommandPart.Proof.READS;
      if (!sameLine) {
        return Optional.empty();
      }
      Optional<NameSource> listed = listed(part);
      if (listed.isPresent()) {
        return listed;
      }
      if (!FILTERS.contains(part.program()) || !part.files().isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** What a lister prints; empty when the command is none. */
  private static Optional<NameSource> listed(CommandPart part) {
    List<String> words = part.command().argv().stream().map(Argument::text).toList();
    if (!part.nested().isEmpty() || words.size() < 2) {
      return Optional.empty();
    }
    boolean listsMatches = words.stream().anyMatch(NameSource::listsMatches);
    return switch (part.program()) {
      case "find" ->
          words.stream().noneMatch(it -> it.startsWith("-printf") || it.equals("-ls"))
              ? below(part, LinkFilter.of(part.command()))
              : Optional.empty();
      case "fd", "fdfind" -> below(part, LinkFilter.ALL);
      // Searches don't follow links, so that they name none but what they were given.
      case "rg" ->
          listsMatches || words.contains("--files") ? below(part, FILES) : Optional.empty();
      case "grep" -> listsMatches ? below(part, FILES) : Optional.empty();
      case "git" ->
          switch (words.get(1)) {
            case "ls-files" -> Optional.of(repository(tracked(words)));
            case "grep" -> listsMatches ? here() : Optional.empty();
            case "diff" ->
                words.contains("--name-only")
                    ? Optional.of(repository(LinkFilter.ALL))
                    : Optional.empty();
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Optional<NameSource> here() {
    return Optional.of(new NameSource(List.of(Argument.pattern("./**")), FILES));
  }

  private static NameSource repository(LinkFilter links) {
    return new NameSource(List.of(Argument.pattern("./**")), links);
  }

  /** Of the files that git knows, those that fit the only pattern. */
  private static LinkFilter tracked(List<String> words) {
    List<String> patterns =
        words.subList(2, words.size()).stream().filter(it -> !it.startsWith("-")).toList();
    return patterns.size() == 1 && patterns.getFirst().indexOf('/') < 0
        ? new LinkFilter(false, patterns)
        : LinkFilter.ALL;
  }

  private static Optional<NameSource> below(CommandPart part, LinkFilter links) {
    List<Argument> below = new ArrayList<>();
    for (Argument word : part.facts().reads()) {
      if (word.isUnknown()) {
        return Optional.empty();
      }
      below.add(word);
      if (word.isExact()) {
        below.add(Argument.pattern(escaped(word.text()) + "/**"));
      }
    }
    if (below.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new NameSource(List.copyOf(below), links));
  }

  private static boolean listsMatches(String word) {
    return word.startsWith("-") && !word.startsWith("--") && word.indexOf('l') > 0
        || word.equals("--files-with-matches")
        || word.equals("--name-only");
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("*?[\\(".indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  /** The words of the started command, with what comes from the pipe in its place. */
  List<Argument> fill(List<Argument> words) {
    List<Argument> filled = new ArrayList<>(words.size());
    for (Argument word : words) {
      if (word.isUnknown() && word.text().equals("more words")) {
        filled.addAll(below);
      } else {
        filled.add(word);
      }
    }
    return filled;
  }
}
