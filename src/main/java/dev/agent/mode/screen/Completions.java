package dev.agent.mode.screen;

import dev.agent.command.CommandContext;
import dev.agent.command.Completion;
import dev.agent.tui.edit.Candidate;
import dev.agent.tui.edit.CompletionSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the composer completes. */
final class Completions {
  private Completions() {}

  /** Slash commands of the open session; nothing before one is open. */
  static CompletionSource commands(Supplier<Optional<CommandContext>> context) {
    return (typed, limit) -> {
      List<Candidate> found = new ArrayList<>();
      context
          .get()
          .ifPresent(
              it ->
                  Completion.of("/" + typed, it.commands(), List.of(), it)
                      .forEach(
                          each ->
                              found.add(
                                  new Candidate(each.label().substring(1), described(each), 0))));
      return new CompletionSource.Found(
          found.subList(0, Math.min(limit, found.size())), found.size());
    };
  }

  private static String described(Completion.Candidate candidate) {
    return candidate.description();
  }
}
