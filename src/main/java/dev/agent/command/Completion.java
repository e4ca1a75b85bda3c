package dev.agent.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What may be meant by the beginning of a line: commands by their names, and behind a name its
 * arguments. Order: exact, beginning, beginning of a word, letters in order; among equals what was
 * used lately goes first, then the order of the list. Pure.
 */
public final class Completion {
  private Completion() {}

  /**
   * One candidate.
   *
   * @param text what the line becomes when it is taken, from its first character on
   * @param label what the list shows, such as {@code /model}
   * @param hint of its arguments; may be empty
   * @param description one line; may be empty
   * @param matched positions in the label that fit what was typed
   * @param closes whether the line is complete then: nothing has to follow
   */
  public record Candidate(
      String text,
      String label,
      String hint,
      String description,
      List<Integer> matched,
      boolean closes) {
    public Candidate {
      matched = List.copyOf(matched);
    }
  }

  private enum Rank {
    EXACT,
    PREFIX,
    WORD,
    LETTERS
  }

  private record Match(Rank rank, List<Integer> positions) {}

  private record Ranked(Candidate candidate, Match match, int recency, int order) {}

  /**
   * Candidates for a line, best first; none when the line is no command.
   *
   * @param line what stands left of the cursor
   * @param recent names of commands that were used, latest first
   */
  public static List<Candidate> of(
      String line, Commands commands, List<String> recent, CommandContext context) {
    if (!line.startsWith("/") || line.contains("\n")) {
      return List.of();
    }
    int blank = line.indexOf(' ');
    if (blank < 0) {
      return names(line.substring(1), commands, recent);
    }
    Optional<SlashCommand> command = commands.find(line.substring(1, blank));
    return command.map(it -> arguments(it, line.substring(blank + 1), context)).orElse(List.of());
  }

  /** Candidates for the beginning of a name. */
  static List<Candidate> names(String typed, Commands commands, List<String> recent) {
    List<Ranked> ranked = new ArrayList<>();
    int order = 0;
    for (SlashCommand command : commands.all()) {
      CommandInfo info = command.info();
      List<String> names = new ArrayList<>(List.of(info.name()));
      // An alias is offered only to who begins to type it.
      if (!typed.isEmpty()) {
        names.addAll(info.aliases());
      }
      Ranked best = null;
      for (String name : names) {
        Optional<Match> match = match(typed, name);
        if (match.isEmpty() || (!name.equals(info.name()) && match.get().rank() == Rank.LETTERS)) {
          continue;
        }
        int used = recent.indexOf(info.name());
        Ranked found =
            new Ranked(
                new Candidate(
                    "/" + name + (info.argumentHint().isEmpty() ? "" : " "),
                    "/" + name,
                    info.argumentHint(),
                    info.summary(),
                    match.get().positions().stream().map(at -> at + 1).toList(),
                    info.argumentHint().isEmpty() || info.argumentHint().startsWith("[")),
                match.get(),
                used < 0 ? Integer.MAX_VALUE : used,
                order);
        if (best == null || found.match().rank().compareTo(best.match().rank()) < 0) {
          best = found;
        }
      }
      if (best != null) {
        ranked.add(best);
      }
      order++;
    }
    return sorted(ranked);
  }

  private static List<Candidate> arguments(
      SlashCommand command, String typed, CommandContext context) {
    List<Ranked> ranked = new ArrayList<>();
    int order = 0;
    for (SlashCommand.Choice choice : command.choices(context)) {
      Optional<Match> match = match(typed, choice.value());
      if (match.isPresent()) {
        ranked.add(
            new Ranked(
                new Candidate(
                    "/" + command.info().name() + " " + choice.value(),
                    choice.value(),
                    "",
                    choice.description(),
                    match.get().positions(),
                    true),
                match.get(),
                Integer.MAX_VALUE,
                order));
      }
      order++;
    }
    return sorted(ranked);
  }

  private static List<Candidate> sorted(List<Ranked> ranked) {
    return ranked.stream()
        .sorted(
            Comparator.comparing((Ranked it) -> it.match().rank())
                .thenComparingInt(Ranked::recency)
                .thenComparingInt(Ranked::order))
        .map(Ranked::candidate)
        .toList();
  }

  private static Optional<Match> match(String typed, String name) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith(wanted)) {
      return Optional.of(
          new Match(
              lower.length() == wanted.length() ? Rank.EXACT : Rank.PREFIX,
              range(0, wanted.length())));
    }
    for (int i = 1; i < lower.length(); i++) {
      if (!Character.isLetterOrDigit(lower.charAt(i - 1)) && lower.startsWith(wanted, i)) {
        return Optional.of(new Match(Rank.WORD, range(i, i + wanted.length())));
      }
    }
    List<Integer> positions = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < wanted.length(); i++) {
      at = lower.indexOf(wanted.charAt(i), at);
      if (at < 0) {
        return Optional.empty();
      }
      positions.add(at++);
    }
    return Optional.of(new Match(Rank.LETTERS, positions));
  }

  private static List<Integer> range(int from, int to) {
    List<Integer> positions = new ArrayList<>();
    for (int i = from; i < to; i++) {
      positions.add(i);
    }
    return positions;
  }
}
