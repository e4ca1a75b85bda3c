package dev.agent.workspace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.agent.shell.Analysis;
import dev.agent.shell.CommandTable;
import dev.agent.shell.Definition;
import dev.agent.shell.ShellParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Finds out what command lines would do here. What their text says is remembered; what is on the
 * disk is looked up each time. Thread-safe.
 */
public final class CommandJudge {
  private final Path home;
  private final List<Path> roots;
  private final Repositories repositories = new Repositories();
  private final Cache<Key, Analysis> analyses = Caffeine.newBuilder().maximumSize(200).build();

  private record Key(String command, Path cwd) {}

  /** Read when the first command is judged, once for all judges. */
  private static final class Table {
    static final CommandTable READ = CommandTable.load();
    static final ObeyedFiles OBEYED = ObeyedFiles.shipped();
  }

  /**
   * @param roots the directories of the workspace: their repositories are the person's own
   */
  public CommandJudge(Path home, List<Path> roots) {
    this.home = home;
    this.roots = List.copyOf(roots);
  }

  /** For the workspace. */
  public static CommandJudge of(Workspace workspace) {
    return new CommandJudge(workspace.home(), workspace.roots());
  }

  /** Does beforehand what the first judgement would have to do: some milliseconds of reading. */
  public static void warmUp() {
    new CommandJudge(Path.of("/"), List.of()).judge("cd . && ls -l | grep x 2>&1", Path.of("/"));
  }

  /** Judges a command line. */
  public CommandJudgement judge(String command, Path cwd) {
    Analysis analysis = analyses.get(new Key(command, cwd), this::analyse);
    boolean wide = false;
    for (Definition definition : analysis.definitions()) {
      wide |= definition.kind() == Definition.Kind.OPTION;
    }
    return new PartJudge(
            Table.READ,
            new ShellPaths(cwd, home, wide),
            repositories,
            Table.OBEYED,
            roots,
            analysis)
        .judge();
  }

  private Analysis analyse(Key key) {
    return Analysis.of(
        ShellParser.parse(key.command()),
        Map.of("HOME", home.toString(), "PWD", key.cwd().toString()));
  }
}
