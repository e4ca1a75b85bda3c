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
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code agent permissions check --cases FILE [--json]}: judges calls from a list by the layers.
 */
final class PermissionsCommand {
  private static final String USAGE = "Usage: agent permissions check --cases FILE [--json]";

  private PermissionsCommand() {}

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("check")) {
      throw new UserError("agent permissions: say what to do.", USAGE);
    }
    Optional<Path> cases = Optional.empty();
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--cases") && i + 1 < arguments.size()) {
        cases = Optional.of(world.cwd().resolve(arguments.get(++i)));
      } else if (argument.startsWith("--cases=")) {
        cases = Optional.of(world.cwd().resolve(argument.substring("--cases=".length())));
      } else if (!argument.equals("--json")) {
        throw new UserError(
            "agent permissions check: \"" + argument + "\" is not understood.", USAGE);
      }
    }
    Path file =
        cases.orElseThrow(
            () -> new UserError("agent permissions check: no file of cases is named.", USAGE));
    Path home = world.places().home();
    StringBuilder out = new StringBuilder();
    try {
      new CaseCheck(world.cwd(), home, (call, workspace) -> effect(call, workspace, world))
          .check(Files.readAllLines(file), line -> out.append(line).append('\n'));
    } catch (IOException e) {
      throw new UserError(
          "agent permissions check: " + file + " can't be read (" + e.getMessage() + ").", USAGE);
    }
    AgentCommand.write(world.out(), out.toString());
    return ExitCode.OK;
  }

  /** What the tool itself says that the call touches; the worst for calls that it would refuse. */
  private static Effect effect(ToolCall call, Workspace workspace, Launch.World world) {
    Optional<Tool> tool = tools(workspace, world).find(call.name());
    try {
      return tool.isEmpty()
          ? Effect.UNKNOWN
          : tool.get().effect(tool.get().spec().input().check(call.input()));
    } catch (InvalidInputException e) {
      return Effect.UNKNOWN;
    }
  }

  private static ToolRegistry tools(Workspace workspace, Launch.World world) {
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
