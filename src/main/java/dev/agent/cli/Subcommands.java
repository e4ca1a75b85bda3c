package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import java.util.List;
import java.util.Optional;

/** The commands besides a run, by name. A new one is one class and one line here. */
final class Subcommands {
  private Subcommands() {}

  /** A command. */
  @FunctionalInterface
  interface Subcommand {
    int run(List<String> arguments, Launch.World world, Cancellation cancellation);
  }

  static Optional<Subcommand> find(String name) {
    return switch (name) {
      case "sessions" -> Optional.of(SessionsCommand::run);
      case "debug" -> Optional.of(DebugCommand::run);
      case "demo" -> Optional.of(DemoCommand::run);
      case "doctor" -> Optional.of(DoctorCommand::run);
      case "config" -> Optional.of(ConfigCommand::run);
      case "permissions" -> Optional.of(PermissionsCommand::run);
      case "hooks" -> Optional.of(HooksCommand::run);
      case "sandbox" -> Optional.of(SandboxCommand::run);
      case "trust" -> Optional.of(TrustCommand::run);
      case "replay-server" -> Optional.of(ReplayServerCommand::run);
      default -> Optional.empty();
    };
  }
}
