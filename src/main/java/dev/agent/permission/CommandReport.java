package dev.agent.permission;

import dev.agent.shell.Doubt;
import dev.agent.shell.Problem;
import dev.agent.workspace.CommandJudge;
import dev.agent.workspace.CommandJudgement;
import dev.agent.workspace.CommandPart;
import dev.agent.workspace.NamedFile;
import dev.agent.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;

/** What is known about a command, in lines for people. */
public final class CommandReport {
  private CommandReport() {}

  /** Each part with what is proven about it, the files that it means, and what casts doubt. */
  public static List<String> lines(String command, Workspace workspace) {
    CommandJudgement judgement = CommandJudge.of(workspace).judge(command, workspace.cwd());
    List<String> lines = new ArrayList<>();
    for (Problem problem : judgement.analysis().script().problems()) {
      lines.add("not understood, at character " + (problem.at() + 1) + ": " + problem.what());
    }
    if (judgement.analysis().hidesCharacters()) {
      lines.add("it hides characters");
    }
    for (CommandPart part : judgement.parts()) {
      part(part, "", lines);
    }
    for (CommandJudgement.Redirected redirected : judgement.redirections()) {
      lines.add("redirection " + file(redirected.file()));
    }
    judgement.analysis().definitions().stream()
        .filter(definition -> !definition.inert())
        .forEach(
            definition ->
                lines.add(
                    "changes what later commands mean: "
                        + definition.kind().name().toLowerCase(java.util.Locale.ROOT)
                        + " "
                        + definition.name()));
    for (Doubt doubt : judgement.analysis().doubts()) {
      lines.add(
          "shows only when it runs: "
              + doubt.source()
              + " ("
              + doubt.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
              + ")");
    }
    return lines;
  }

  private static void part(CommandPart part, String indent, List<String> lines) {
    String proof =
        switch (part.proof()) {
          case READS -> "only reads";
          case EDITS -> "edits files";
          case CHANGES -> "changes files";
          case NONE -> "not proven: " + part.reason();
        };
    lines.add(indent + part.command().text().replace('\n', ' ') + "  [" + proof + "]");
    for (NamedFile file : part.files()) {
      lines.add(indent + "  " + file(file));
    }
    for (CommandPart inner : part.nested().isEmpty() ? part.wrapped() : part.nested()) {
      part(inner, indent + "  starts ", lines);
    }
  }

  private static String file(NamedFile file) {
    String use =
        switch (file.use()) {
          case READ -> "reads ";
          case WRITE -> "writes ";
          case REMOVE -> "removes or replaces ";
        };
    List<String> paths = file.paths().stream().map(Object::toString).sorted().limit(5).toList();
    String shown = paths.isEmpty() ? file.word() : String.join(", ", paths);
    int more = file.paths().size() - paths.size();
    return use
        + shown
        + (more > 0 ? " and " + more + " more" : "")
        + (file.isComplete() ? "" : " (may be any file)");
  }
}
