package dev.agent.permission;

import dev.agent.shell.Argument;
import dev.agent.shell.CommandFacts;
import dev.agent.shell.Doubt;
import dev.agent.workspace.CommandJudgement;
import dev.agent.workspace.CommandPart;
import dev.agent.workspace.MentionedPaths;
import dev.agent.workspace.NamedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether rules that forbid, or ask, speak of some part of a command: every command at every depth
 * and in every reading, every file that it names in any way.
 */
final class CommandRules {
  private static final Set<String> GIT_OPTIONS_WITH_VALUE =
      Set.of("-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--config-env");

  private static final Set<String> SHELLS =
      Set.of("bash", "sh", "dash", "zsh", "ksh", "ash", "fish", "csh", "tcsh", "busybox");

  private final PathRules paths;
  private final Path home;

  CommandRules(PathRules paths, Path home) {
    this.paths = paths;
    this.home = home;
  }

  /** How much of a command a rule speaks of. */
  enum Touch {
    NONE,
    /** It may, but that shows only when it runs. */
    MAYBE,
    SURELY
  }

  /** Whether the rule speaks of something in the command. */
  Touch touch(Rule rule, CommandJudgement judgement, PermissionRequest request) {
    if (rule.tool().equals("Bash")) {
      return touchesCommand(rule, judgement, request);
    }
    if (rule.tool().equals("Read") || rule.tool().equals("Edit")) {
      return touchesFile(rule, judgement, request);
    }
    return Touch.NONE;
  }

  private static Touch touchesCommand(
      Rule rule, CommandJudgement judgement, PermissionRequest request) {
    String spec = rule.spec();
    if (CommandPattern.matches(spec, request.command().strip())) {
      return Touch.SURELY;
    }
    boolean maybe = false;
    for (CommandPart part : judgement.allParts()) {
      for (List<Argument> words : readings(part.command().argv())) {
        if (CommandPattern.matches(spec, text(words))) {
          return Touch.SURELY;
        }
        maybe |= CommandPattern.mayMatch(spec, words);
      }
      maybe |= part.wrapped().stream().anyMatch(CommandRules::readsCode);
    }
    for (Doubt doubt : judgement.analysis().doubts()) {
      boolean file = doubt.source().equals("source") || doubt.source().equals(".");
      maybe |=
          doubt.kind() == Doubt.Kind.UNKNOWN_CODE && !file
              || doubt.kind() == Doubt.Kind.UNREADABLE_CODE
              || doubt.kind() == Doubt.Kind.UNKNOWN_COMMAND;
    }
    return maybe ? Touch.MAYBE : Touch.NONE;
  }

  /** Whether it is a shell that takes its commands from its input, which came through a wrapper. */
  private static boolean readsCode(CommandPart part) {
    return SHELLS.contains(part.program())
        && part.command().argv().stream().skip(1).allMatch(word -> word.text().startsWith("-"));
  }

  /** A command as rules may mean it: as it is, without its directory, without git's own options. */
  static List<List<Argument>> readings(List<Argument> argv) {
    Argument first = argv.getFirst();
    int slash = first.isExact() ? first.text().lastIndexOf('/') : -1;
    List<List<Argument>> readings = new ArrayList<>(1);
    readings.add(argv);
    List<Argument> plain = argv;
    if (slash >= 0) {
      plain = new ArrayList<>(argv);
      plain.set(0, Argument.exact(first.text().substring(slash + 1)));
      readings.add(plain);
    }
    if (plain.getFirst().is("git") && plain.size() > 1 && plain.get(1).text().startsWith("-")) {
      int i = 1;
      while (i < plain.size() && plain.get(i).text().startsWith("-")) {
        i += GIT_OPTIONS_WITH_VALUE.contains(plain.get(i).text()) ? 2 : 1;
      }
      List<Argument> bare = new ArrayList<>();
      bare.add(plain.getFirst());
      bare.addAll(plain.subList(Math.min(i, plain.size()), plain.size()));
      readings.add(bare);
    }
    return readings;
  }

  private static String text(List<Argument> words) {
    StringBuilder text = new StringBuilder();
    for (Argument word : words) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(word.text());
    }
    return text.toString();
  }

  private Touch touchesFile(Rule rule, CommandJudgement judgement, PermissionRequest request) {
    boolean edits = rule.tool().equals("Edit");
    MentionedPaths mentioned = new MentionedPaths(request.cwd(), home);
    boolean maybe = false;
    Set<CommandPart> started = judgement.startedParts();
    for (CommandPart part : judgement.allParts()) {
      boolean unknown = part.facts().kind() == CommandFacts.Kind.UNKNOWN;
      for (NamedFile file : part.files()) {
        if ((!edits || unknown || file.use().changes())
            && matches(rule, file.paths(), request.cwd())) {
          return Touch.SURELY;
        }
        boolean whole =
            file.use() == NamedFile.Use.REMOVE
                || file.use().changes() && file.word().endsWith("/**");
        if (whole && holds(rule, file.paths(), request.cwd())) {
          return Touch.SURELY;
        }
        maybe |= !edits && RecursiveReads.mayReach(part, file, it -> hits(rule, it, request.cwd()));
      }
      boolean open = part.files().stream().anyMatch(file -> !file.isComplete());
      boolean scan =
          unknown
              || !edits && part.proof() == CommandPart.Proof.NONE
              || open && (!edits || part.files().stream().anyMatch(it -> it.use().changes()));
      if (scan
          && !started.contains(part)
          && matches(rule, mentions(part, mentioned), request.cwd())) {
        return Touch.SURELY;
      }
    }
    for (CommandJudgement.Redirected redirected : judgement.redirections()) {
      NamedFile file = redirected.file();
      if (edits && !file.use().changes()) {
        continue;
      }
      Set<Path> all = new LinkedHashSet<>(file.paths());
      if (!file.isComplete()) {
        all.addAll(
            mentioned.of(
                List.of(redirected.redirection().target()), redirected.redirection().directory()));
      }
      if (matches(rule, all, request.cwd())) {
        return Touch.SURELY;
      }
    }
    return maybe ? Touch.MAYBE : Touch.NONE;
  }

  private static Set<Path> mentions(CommandPart part, MentionedPaths mentioned) {
    return mentioned.of(part);
  }

  private boolean matches(Rule rule, Set<Path> files, Path cwd) {
    for (Path file : files) {
      if (hits(rule, file, cwd)) {
        return true;
      }
    }
    return false;
  }

  private boolean hits(Rule rule, Path file, Path cwd) {
    return paths.matches(rule, file, cwd, true);
  }

  /** Whether a directory that goes as a whole holds the one file or directory that is forbidden. */
  private boolean holds(Rule rule, Set<Path> files, Path cwd) {
    for (Path named : paths.named(rule, cwd)) {
      for (Path file : files) {
        if (named.startsWith(file) && java.nio.file.Files.exists(named)) {
          return true;
        }
      }
    }
    return false;
  }
}
