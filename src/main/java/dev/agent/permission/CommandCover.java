package dev.agent.permission;

import dev.agent.shell.CommandFacts;
import dev.agent.shell.Invocation;
import dev.agent.workspace.CommandJudgement;
import dev.agent.workspace.CommandPart;
import dev.agent.workspace.CommandPart.Proof;
import dev.agent.workspace.NamedFile;
import dev.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lets a command run without a question: each part needs its own reason, a proof that it only
 * reads in the workspace, a mode that accepts its edits there, or a rule. Rules cover commands,
 * never their redirections and never what is substituted into them.
 */
final class CommandCover {
  /** What looks at files, but not into them. */
  private static final Set<String> LOOK_ONLY =
      Set.of(
          "ls",
          "dir",
          "vdir",
          "find",
          "test",
          "[",
          "stat",
          "du",
          "readlink",
          "realpath",
          "basename",
          "dirname",
          "tree",
          "fd",
          "fdfind",
          "cd",
          "rm",
          "mkdir",
          "touch",
          "rmdir",
          "git",
          "exa",
          "eza");

  private final Judgements judgements;
  private final RuleMatcher matcher;
  private final Workspace workspace;
  private final List<Path> roots;

  CommandCover(Judgements judgements, RuleMatcher matcher, Workspace workspace) {
    this.judgements = judgements;
    this.matcher = matcher;
    this.workspace = workspace;
    this.roots =
        workspace.roots().stream()
            .flatMap(root -> Stream.of(root, Workspace.realPath(root).orElse(root)))
            .distinct()
            .toList();
  }

  /** Why a command needs no question, or which part of it does. */
  sealed interface Answer {
    /** All of it is proven to read only, inside of the workspace. */
    record Reads() implements Answer {}

    /** Nothing but reads and accepted edits. */
    record Edits() implements Answer {}

    /** The last rule that was needed. */
    record Ruled(Rule rule) implements Answer {}

    /**
     * A part that nothing covers, and why.
     *
     * @param harmless it only reads, but something that is asked about
     */
    record Open(String why, boolean harmless) implements Answer {}
  }

  /** Looks for a reason for each part. */
  Answer of(Policy policy, PermissionRequest request) {
    CommandJudgement judgement = judgements.of(request);
    if (!judgement.analysis().isUnderstood() || judgement.analysis().hidesCharacters()) {
      return new Answer.Open("it can't be understood in full", false);
    }
    for (Rule rule : policy.allow()) {
      if (rule.coversWholeTool("Bash") && !rule.isTooWideToAllow() && request.mode() != Mode.AUTO) {
        return new Answer.Ruled(rule);
      }
    }
    if (!judgement.analysis().isProvable()) {
      return new Answer.Open("what it does can't be told from its text", false);
    }
    Search search = new Search(policy, request);
    Optional<Answer.Open> open = search.redirections(judgement);
    if (open.isPresent()) {
      return open.get();
    }
    for (CommandPart part : judgement.parts()) {
      Optional<Answer.Open> missing = search.part(part);
      if (missing.isPresent()) {
        return missing.get();
      }
    }
    return search.result();
  }

  /** Whether a part of a command needs no further rule. */
  boolean isCovered(Policy policy, PermissionRequest request, CommandPart part) {
    return new Search(policy, request).part(part).isEmpty();
  }

  private final class Search {
    private final Policy policy;
    private final PermissionRequest request;
    private final boolean acceptsEdits;
    private @Nullable Rule last;
    private boolean edits;

    Search(Policy policy, PermissionRequest request) {
      this.policy = policy;
      this.request = request;
      this.acceptsEdits = request.mode() == Mode.ACCEPT_EDITS || request.mode() == Mode.AUTO;
    }

    Answer result() {
      Rule rule = last;
      return rule != null
          ? new Answer.Ruled(rule)
          : edits ? new Answer.Edits() : new Answer.Reads();
    }

    Optional<Answer.Open> redirections(CommandJudgement judgement) {
      for (CommandJudgement.Redirected redirected : judgement.redirections()) {
        NamedFile file = redirected.file();
        if (!file.isComplete()) {
          return open("a redirection may open any file", false);
        }
        if (file.use().changes()) {
          if (!file.paths().isEmpty() && !isRuled("Edit", file)) {
            return open("a redirection changes \"" + file.word() + "\"", false);
          }
        } else {
          Optional<Answer.Open> outside = readable(file, true);
          if (outside.isPresent()) {
            return outside;
          }
        }
      }
      return Optional.empty();
    }

    /** Empty when something covers the part. */
    Optional<Answer.Open> part(CommandPart part) {
      Optional<Rule> rule = rule(part);
      if (rule.isPresent()) {
        last = rule.get();
        return Optional.empty();
      }
      boolean isEdit = part.proof() == Proof.EDITS;
      if (part.proof() == Proof.READS || isEdit && acceptsEdits) {
        Optional<Answer.Open> objection = files(part);
        edits |= isEdit && objection.isEmpty();
        return objection;
      }
      if (isTransparent(part)) {
        return started(part);
      }
      String why =
          switch (part.proof()) {
            case NONE -> part.reason();
            case EDITS, CHANGES, READS -> "it changes files";
          };
      return open(described(part) + ": " + why, false);
    }

    /** What a wrapper starts must be covered, and the wrapper's own files must be harmless. */
    private Optional<Answer.Open> started(CommandPart part) {
      for (CommandPart inner : part.nested().isEmpty() ? part.wrapped() : part.nested()) {
        Optional<Answer.Open> missing = part(inner);
        if (missing.isPresent()) {
          return missing;
        }
      }
      for (NamedFile file : part.files()) {
        if (!file.isComplete() || file.use().changes()) {
          return open(described(part) + " may touch any file", false);
        }
        Optional<Answer.Open> outside = readable(file, false);
        if (outside.isPresent()) {
          return outside;
        }
      }
      return Optional.empty();
    }

    private Optional<Answer.Open> files(CommandPart part) {
      for (NamedFile file : part.files()) {
        if (file.use().changes()) {
          if (!isInside(file)) {
            return open("\"" + file.word() + "\" lies outside of the workspace", false);
          }
        } else {
          Optional<Answer.Open> objection = readable(file, !LOOK_ONLY.contains(part.program()));
          if (objection.isPresent()) {
            return objection;
          }
        }
      }
      for (CommandPart inner : part.nested()) {
        Optional<Answer.Open> objection = files(inner);
        if (objection.isPresent()) {
          return objection;
        }
      }
      return Optional.empty();
    }

    private Optional<Answer.Open> readable(NamedFile file, boolean looksInside) {
      if (!file.isComplete()) {
        return open("\"" + file.word() + "\" may be any file", true);
      }
      if (isRuled("Read", file)) {
        return Optional.empty();
      }
      if (!isInside(file)) {
        return open("\"" + file.word() + "\" lies outside of the workspace", true);
      }
      if (looksInside) {
        for (Path path : file.paths()) {
          if (SecretFiles.isSecret(path)) {
            return open("\"" + path + "\" most likely holds secrets", true);
          }
        }
      }
      return Optional.empty();
    }

    private boolean isRuled(String tool, NamedFile file) {
      boolean any = false;
      for (Path path : file.paths()) {
        boolean covered = false;
        for (Rule rule : policy.allow()) {
          covered |=
              rule.tool().equals(tool)
                  && !rule.spec().isEmpty()
                  && matcher.paths().matches(rule, path, request.cwd(), false);
        }
        if (!covered) {
          return false;
        }
        any = true;
      }
      return any;
    }

    private Optional<Rule> rule(CommandPart part) {
      for (Rule rule : policy.allow()) {
        if (rule.tool().equals("Bash")
            && !rule.spec().isEmpty()
            && !((request.mode() == Mode.AUTO || rule.fromProject())
                && RuleReach.leavesCodeOpen(rule.spec()))
            && CommandPattern.covers(rule.spec(), part.command().argv())
            && !RuleReach.stretchesOverCode(rule.spec(), part)) {
          return Optional.of(rule);
        }
      }
      return Optional.empty();
    }
  }

  private static Optional<Answer.Open> open(String why, boolean harmless) {
    return Optional.of(new Answer.Open(why, harmless));
  }

  private static String described(CommandPart part) {
    String text = part.command().text();
    return "\"" + (text.length() > 60 ? text.substring(0, 57) + "…" : text) + "\"";
  }

  private static boolean isTransparent(CommandPart part) {
    boolean follows = !part.nested().isEmpty() || !part.wrapped().isEmpty();
    boolean knownWords = part.facts().kind() == CommandFacts.Kind.RUNS;
    return follows
        && part.facts().scripts().isEmpty()
        && (knownWords || part.command().wrapping() == Invocation.Wrapping.TRANSPARENT);
  }

  /** Whether all that a file may mean lies in the workspace. */
  private boolean isInside(NamedFile file) {
    for (Path path : file.paths()) {
      boolean inside = false;
      for (Path root : roots) {
        inside |= path.startsWith(root);
      }
      if (!inside) {
        return false;
      }
    }
    return true;
  }

  /** The workspace that counts. */
  Workspace workspace() {
    return workspace;
  }
}
