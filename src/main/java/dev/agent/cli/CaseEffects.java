package dev.agent.cli;

import dev.agent.json.InvalidInputException;
import dev.agent.mode.Launch;
import dev.agent.net.AddressGuard;
import dev.agent.net.HttpClients;
import dev.agent.net.NetSettings;
import dev.agent.permission.CaseCheck;
import dev.agent.process.BackgroundShells;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolRegistry;
import dev.agent.tools.BuiltinTools;
import dev.agent.tools.file.FileAccess;
import dev.agent.tools.search.SearchPlace;
import dev.agent.tools.shell.ShellGuards;
import dev.agent.tools.shell.ShellLimits;
import dev.agent.tools.shell.ShellPlace;
import dev.agent.workspace.FileHistory;
import dev.agent.workspace.FileWriter;
import dev.agent.workspace.ReadState;
import dev.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tools themselves say that calls touch; none of them is run. */
final class CaseEffects implements CaseCheck.Effects {
  private final Launch.World world;

  /** The tools of each set of directories. */
  private final Map<List<Path>, ToolRegistry> made = new HashMap<>();

  CaseEffects(Launch.World world) {
    this.world = world;
  }

  /** The worst for calls that the tool would refuse. */
  @Override
  public Effect of(ToolCall call, Workspace workspace) {
    if (call.name().equals("Bash")) {
      return Effect.UNKNOWN; // the layers judge commands themselves
    }
    Optional<Tool> tool =
        made.computeIfAbsent(workspace.roots(), _ -> tools(workspace)).find(call.name());
    try {
      return tool.isEmpty()
          ? Effect.UNKNOWN
          : tool.get().effect(tool.get().spec().input().check(call.input()));
    } catch (InvalidInputException e) {
      return Effect.UNKNOWN;
    }
  }

  private ToolRegistry tools(Workspace workspace) {
    Path nowhere = Path.of("/nonexistent");
    Processes processes = new Processes(Map.of(), "none");
    return new ToolRegistry(
        BuiltinTools.all(
            new BuiltinTools.Parts(
                new FileAccess(
                    workspace,
                    new ReadState(),
                    new FileWriter(new FileHistory(nowhere)),
                    FileAccess.AfterWrite.NOTHING),
                new SearchPlace(workspace, true, List.of()),
                Optional.empty(),
                processes,
                new BackgroundShells(),
                new ShellPlace(workspace.start(), workspace.roots(), workspace.home()),
                nowhere,
                _ -> OutputSink.NONE,
                ShellLimits.of(world.environment()),
                ShellGuards.none(processes),
                new HttpClients(NetSettings.from(Map.of(), List.of())),
                new AddressGuard(_ -> false),
                Optional.empty(),
                Optional.empty())));
  }
}
