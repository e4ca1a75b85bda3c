package dev.agent.cli;

import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.process.Processes;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.sandbox.Sandbox;
import dev.agent.sandbox.SandboxProbe;
import dev.agent.sandbox.SandboxSettings;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsLoader;
import dev.agent.settings.SettingsSources;
import dev.agent.settings.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code agent sandbox status} says what holds for commands here; {@code agent sandbox probe} tries
 * it anew. Exit code 1 when the settings want a sandbox that does not work.
 */
final class SandboxCommand {
  private SandboxCommand() {}

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    String what = arguments.isEmpty() ? "status" : arguments.getFirst();
    if (arguments.size() > 1 || !List.of("status", "probe").contains(what)) {
      throw new UserError(
          "agent sandbox: \"" + String.join(" ", arguments) + "\" is not understood.",
          CommandPage.usage("sandbox"));
    }
    Places places = world.places();
    Settings all =
        SettingsLoader.load(
            new SettingsSources(
                places,
                RunSettings.projectRoot(world.cwd()),
                Source.CHOOSABLE,
                Optional.empty(),
                Json.object(),
                world.environment()));
    SandboxSettings settings = SandboxSettings.of(all, places.home());
    Processes processes = new Processes(world.environment(), world.ids().next());
    try {
      SandboxProbe probe = Fences.probe(world, settings, places, world.environment(), processes);
      SandboxProbe.Found found = what.equals("probe") ? probe.lookAgain() : probe.look();
      AgentCommand.write(world.out(), report(settings, found));
      boolean lacking = settings.enabled() && found.level() == Sandbox.Level.NONE;
      return lacking ? ExitCode.FAILURE : ExitCode.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } finally {
      processes.killAll();
    }
  }

  private static String report(SandboxSettings settings, SandboxProbe.Found found) {
    StringBuilder out = new StringBuilder();
    line(
        out,
        "commands",
        settings.enabled()
            ? found.level() == Sandbox.Level.NONE
                ? settings.required() ? "refused: there is no sandbox" : "run without a sandbox"
                : "run in the sandbox"
            : "run without a sandbox (sandbox.enabled is false)");
    line(
        out,
        "available",
        switch (found.level()) {
          case FULL -> "files, network and processes are confined";
          case FILES -> "files are confined; the network is not known to be";
          case NONE -> "nothing";
        });
    line(out, "program", found.program().map(Path::toString).orElse("none"));
    line(
        out,
        "network",
        settings.allowedDomains().isEmpty()
            ? "closed"
            : "only " + String.join(", ", settings.allowedDomains()));
    line(
        out,
        "questions",
        settings.enabled() && settings.autoAllow() && found.level() == Sandbox.Level.FULL
            ? "none for commands in the sandbox"
            : "as the permission rules say");
    line(
        out,
        "--read-only",
        found.level() == Sandbox.Level.FULL ? "commands run, held to it" : "commands are refused");
    if (!found.why().isEmpty()) {
      line(out, "for more", found.why());
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append(String.format("%-12s %s%n", name, value));
  }
}
