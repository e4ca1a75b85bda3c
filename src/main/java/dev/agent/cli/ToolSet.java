package dev.agent.cli;

import dev.agent.net.AddressGuard;
import dev.agent.permission.Mode;
import dev.agent.permission.Policy;
import dev.agent.process.OutputSink;
import dev.agent.runtime.UserError;
import dev.agent.session.SessionFiles;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolRegistry;
import dev.agent.tools.BuiltinTools;
import dev.agent.tools.file.FileAccess;
import dev.agent.tools.plan.ExitPlanMode;
import dev.agent.tools.plan.StructuredOutput;
import dev.agent.tools.search.SearchPlace;
import dev.agent.tools.shell.Keepsakes;
import dev.agent.tools.shell.ShellGuards;
import dev.agent.tools.shell.ShellLimits;
import dev.agent.workspace.FileHistory;
import dev.agent.workspace.FileWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tools that a session offers its model. */
record ToolSet(RunBasis run, Workbench bench) {

  /**
   * Those that are neither forbidden as a whole nor left out by a flag.
   *
   * @param mode the one that the session starts in
   * @throws UserError when a flag names a tool that does not exist
   */
  ToolRegistry registry(Mode mode, Policy policy, Optional<StructuredOutput> structured) {
    List<Tool> tools = new ArrayList<>(BuiltinTools.all(parts(mode)));
    structured.ifPresent(tools::add);
    return visible(new ToolRegistry(tools), policy);
  }

  private BuiltinTools.Parts parts(Mode mode) {
    Optional<ExitPlanMode.Gate> planGate = run.person().planGate();
    return new BuiltinTools.Parts(
        files(),
        search(),
        Optional.of(new Ripgrep(run.processes(), run.environment())),
        run.processes(),
        bench.background(),
        bench.shell(),
        bench.scratch(),
        id -> sink(bench.files().output(id)),
        ShellLimits.of(run.environment()),
        guards(),
        run.clients(),
        new AddressGuard(this::mayBePrivate),
        run.person().questioner(),
        mode == Mode.PLAN ? planGate.or(() -> Optional.of(ExitPlanMode.Gate.NOBODY)) : planGate);
  }

  private FileAccess files() {
    return run.launch().readOnly()
        ? FileAccess.readingOnly(bench.workspace(), bench.readState())
        : new FileAccess(
            bench.workspace(),
            bench.readState(),
            new FileWriter(bench.history()),
            FileAccess.AfterWrite.NOTHING);
  }

  private SearchPlace search() {
    return new SearchPlace(
        bench.workspace(),
        run.settings().flag("respectGitignore", true),
        List.of(run.places().home().resolve(".config/git/ignore")));
  }

  private ShellGuards guards() {
    Optional<FileHistory> kept =
        run.launch().readOnly() ? Optional.empty() : Optional.of(bench.history());
    return new ShellGuards(
        bench.confinement(), new Keepsakes(kept, run.processes(), bench.roots()));
  }

  /** Settings may change while the session goes on. */
  private boolean mayBePrivate(String host) {
    return run.live().current().texts("webFetch.allowPrivate").stream()
        .anyMatch(entry -> entry.getKey().equalsIgnoreCase(host));
  }

  private static OutputSink sink(SessionFiles.Growing file) {
    return new OutputSink() {
      @Override
      public boolean append(byte[] bytes, int offset, int length) {
        return file.append(bytes, offset, length);
      }

      @Override
      public Optional<Path> path() {
        return file.path();
      }

      @Override
      public void close() {
        file.close();
      }
    };
  }

  private ToolRegistry visible(ToolRegistry all, Policy policy) {
    List<Tool> visible =
        new ArrayList<>(
            all.all().stream().filter(tool -> !policy.hides(tool.spec().name())).toList());
    run.launch()
        .tools()
        .filter(names -> !names.equals(List.of("default")))
        .ifPresent(
            names -> {
              List<Tool> wanted = names.stream().map(name -> named(all, name)).toList();
              visible.removeIf(
                  tool -> !(tool instanceof StructuredOutput) && !wanted.contains(tool));
            });
    return new ToolRegistry(visible);
  }

  private static Tool named(ToolRegistry all, String name) {
    return all.find(name)
        .orElseThrow(
            () ->
                new UserError(
                    "--tools: there is no tool \"" + name + "\".",
                    "There are "
                        + String.join(
                            ", ", all.all().stream().map(tool -> tool.spec().name()).toList())
                        + "."));
  }
}
