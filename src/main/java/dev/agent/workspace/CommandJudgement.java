package dev.agent.workspace;

import dev.agent.shell.Analysis;
import dev.agent.shell.Redirection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a command line would do here: the one value that everyone reads who decides about it. Made
 * by {@link CommandJudge}; holds for the moment, because files and links may change.
 *
 * @param analysis the facts of its text alone
 * @param parts its simple commands, also those in substitutions, in their order
 * @param redirections the files that redirections open
 * @param moves whether the shell may be in another directory afterwards
 */
public record CommandJudgement(
    Analysis analysis, List<CommandPart> parts, List<Redirected> redirections, boolean moves) {

  /** A redirection and the file that it opens. */
  public record Redirected(Redirection redirection, NamedFile file) {}

  public CommandJudgement {
    parts = List.copyOf(parts);
    redirections = List.copyOf(redirections);
  }

  /** Every command in every reading: for rules that forbid. */
  public List<CommandPart> allParts() {
    List<CommandPart> all = new ArrayList<>(parts.size());
    for (CommandPart part : parts) {
      part.addTo(all);
    }
    return all;
  }

  /**
   * Those of {@link #allParts} whose words stand in another part as well, by identity: to look at
   * what that one mentions is enough.
   */
  public Set<CommandPart> startedParts() {
    Set<CommandPart> started = Collections.newSetFromMap(new IdentityHashMap<>());
    for (CommandPart part : allParts()) {
      started.addAll(part.nested());
    }
    return started;
  }

  /** Whether it provably changes nothing, wherever it reads. */
  public boolean onlyReads() {
    if (!analysis.isProvable()) {
      return false;
    }
    for (CommandPart part : parts) {
      if (part.proof() != CommandPart.Proof.READS) {
        return false;
      }
    }
    for (Redirected redirected : redirections) {
      NamedFile file = redirected.file();
      if (!file.isComplete() || file.use().changes() && !file.paths().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Everything that a command which only reads looks at. */
  public Set<Path> paths() {
    Set<Path> paths = new LinkedHashSet<>();
    parts.forEach(part -> part.allFiles().forEach(file -> paths.addAll(file.paths())));
    redirections.forEach(redirected -> paths.addAll(redirected.file().paths()));
    return paths;
  }
}
