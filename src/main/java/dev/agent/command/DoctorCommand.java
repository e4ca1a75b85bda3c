package dev.agent.command;

/** {@code /doctor}: looks whether the agent has what it needs. */
final class DoctorCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("doctor", "", "Check what the agent needs here").atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) throws InterruptedException {
    return new CommandResult.Show(Doctor.of(context).panel());
  }
}
