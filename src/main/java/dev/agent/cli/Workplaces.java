package dev.agent.cli;

import dev.agent.command.CommandShell;
import dev.agent.command.Commands;
import dev.agent.command.CustomCommands;
import dev.agent.command.Machine;
import dev.agent.command.Place;
import dev.agent.command.Programs;
import dev.agent.context.PromptExpander;
import dev.agent.hook.HookSettings;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.DirectCall;
import dev.agent.message.MessageJson;
import dev.agent.mode.Launch;
import dev.agent.mode.interactive.Workplace;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Decision;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Rule;
import dev.agent.process.Processes;
import dev.agent.runtime.Cancellation;
import dev.agent.settings.Settings;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts together what slash commands find around a session. */
record Workplaces(Wiring.Open open, Supplier<ModelInfo> model) {

  Workplace make() {
    RunBasis run = open.run();
    Launch.World world = run.world();
    CustomCommands.Loaded custom = CustomCommands.load(world.places(), run.root(), world.cwd());
    return new Workplace(
        Commands.builtIn().with(custom),
        place(),
        prompts(),
        this::run,
        run.catalog(),
        open.policy(),
        () -> hooks(run.live().current()),
        () -> open.briefing().system(model.get()),
        open.briefing().instructions().atStart(),
        run.launch().persist() ? Optional.of(Path.of(run.setup().journal())) : Optional.empty());
  }

  private static Optional<HookSettings> hooks(Settings settings) {
    return settings.all("hooks").isEmpty()
        ? Optional.empty()
        : Optional.of(HookSettings.of(settings));
  }

  private Place place() {
    RunBasis run = open.run();
    Launch.World world = run.world();
    return new Place(
        open.bench().workspace(),
        run.root(),
        world.places(),
        run.live()::current,
        run.environment(),
        programs(),
        run.setup().sessions(),
        open.bench().history(),
        world.time(),
        ZoneId.systemDefault(),
        Machine.running(),
        world.version());
  }

  private Programs programs() {
    return (command, cwd, limit) ->
        open.run()
            .processes()
            .run(command, cwd, limit)
            .map(
                (Processes.Output output) ->
                    new Programs.Finished(output.exitCode(), output.text()));
  }

  /** Files are attached as the session's own Read tool shows them, so that they count as read. */
  private PromptExpander prompts() {
    Tool read =
        open.tools()
            .find("Read")
            .orElseThrow(() -> new IllegalStateException("there is no Read tool"));
    return new PromptExpander(open.bench().workspace(), read, call -> objection(read, call));
  }

  private Optional<String> objection(Tool read, ToolCall call) {
    PermissionRequest request =
        new PermissionRequest(
            call, read.effect(call.input()), open.mode().get(), open.bench().workspace().cwd());
    return open.permissions().decide(request) instanceof Decision.Deny(var why)
        ? Optional.of(why.text())
        : Optional.empty();
  }

  private CommandShell.Answer run(String line, List<Rule> allowed, Cancellation cancellation)
      throws InterruptedException {
    DirectCall call = new DirectCall(open.runner(), open.run().world().ids());
    try (var _ = open.policy().allowing(allowed)) {
      DirectCall.Ended ended = call.run("Bash", Json.object().put("command", line), cancellation);
      cancellation.check();
      String output = MessageJson.plain(ended.result().forModel());
      return ended.status() == AgentEvent.ToolStatus.DENIED
          ? new CommandShell.Answer.Denied(output)
          : new CommandShell.Answer.Ran(output, ended.result().isError());
    }
  }
}
