package dev.agent.tools;

import dev.agent.net.AddressGuard;
import dev.agent.net.HttpClients;
import dev.agent.process.BackgroundShells;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.tool.Tool;
import dev.agent.tools.file.Edit;
import dev.agent.tools.file.FileAccess;
import dev.agent.tools.file.NotebookEdit;
import dev.agent.tools.file.Read;
import dev.agent.tools.file.Write;
import dev.agent.tools.plan.AskUserQuestion;
import dev.agent.tools.plan.ExitPlanMode;
import dev.agent.tools.plan.TodoWrite;
import dev.agent.tools.search.Glob;
import dev.agent.tools.search.Grep;
import dev.agent.tools.search.RipgrepEngine;
import dev.agent.tools.search.SearchPlace;
import dev.agent.tools.shell.Bash;
import dev.agent.tools.shell.BashOutput;
import dev.agent.tools.shell.KillShell;
import dev.agent.tools.shell.ShellGuards;
import dev.agent.tools.shell.ShellLimits;
import dev.agent.tools.shell.ShellPlace;
import dev.agent.tools.web.WebFetch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The list of built-in tools. A new tool is one class, one prompt text and one line here. */
public final class BuiltinTools {
  private BuiltinTools() {}

  /**
   * What tools are made of.
   *
   * @param scratch an existing directory of the session
   * @param guards for commands
   * @param questioner empty = nobody can be asked, and there is no tool for it
   * @param planGate empty = there is no plan mode in this run
   */
  public record Parts(
      FileAccess files,
      SearchPlace search,
      Optional<RipgrepEngine.Runner> ripgrep,
      Processes processes,
      BackgroundShells background,
      ShellPlace place,
      Path scratch,
      Function<String, OutputSink> sinks,
      ShellLimits limits,
      ShellGuards guards,
      HttpClients http,
      AddressGuard guard,
      Optional<AskUserQuestion.Questioner> questioner,
      Optional<ExitPlanMode.Gate> planGate) {}

  /** All of them. */
  public static List<Tool> all(Parts parts) {
    List<Tool> tools = new ArrayList<>();
    tools.add(new Read(parts.files()));
    if (parts.files().mayWrite()) {
      tools.add(new Write(parts.files()));
      tools.add(new Edit(parts.files()));
      tools.add(new NotebookEdit(parts.files()));
    }
    tools.add(new Glob(parts.search()));
    tools.add(new Grep(parts.search(), parts.ripgrep()));
    tools.add(
        new Bash(
            parts.processes(),
            parts.background(),
            parts.place(),
            parts.scratch(),
            parts.sinks(),
            parts.limits(),
            parts.guards()));
    tools.add(new BashOutput(parts.background()));
    tools.add(new KillShell(parts.background()));
    tools.add(new WebFetch(parts.http(), parts.guard()));
    tools.add(new TodoWrite());
    parts.questioner().ifPresent(questioner -> tools.add(new AskUserQuestion(questioner)));
    parts.planGate().ifPresent(gate -> tools.add(new ExitPlanMode(gate)));
    return tools;
  }
}
