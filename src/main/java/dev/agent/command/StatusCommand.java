package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Item;
import dev.agent.command.Panel.Mark;
import dev.agent.command.Panel.Section;
import dev.agent.context.ContextUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code /status}: what this session is and how it stands. */
final class StatusCommand implements SlashCommand {
  @Override
  public CommandInfo info() {
    return CommandInfo.of("status", "", "Show version, session, model and directories").atAnyTime();
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) {
    SessionFacts session = context.session();
    Place place = context.place();
    ContextUse use = ContextCommand.use(session);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Version", place.version()));
    rows.add(List.of("Session", session.id()));
    if (!session.title().isEmpty()) {
      rows.add(List.of("Name", session.title()));
    }
    rows.add(
        List.of("File", session.journal().map(Path::toString).orElse("none: nothing is kept")));
    rows.add(
        List.of(
            "Running for",
            Figures.duration(Duration.between(session.startedAt(), place.time().instant()))));
    rows.add(List.of("Model", session.model().id()));
    session.effort().ifPresent(level -> rows.add(List.of("Effort", level)));
    rows.add(List.of("Mode", session.mode().wire() + ": " + ModeCommand.meaning(session.mode())));
    rows.add(
        List.of(
            "Context",
            "%s of %s tokens (%d%%)"
                .formatted(
                    Figures.tokens(use.used()), Figures.tokens(use.window()), use.percent())));
    rows.add(List.of("Cost", Figures.dollars(session.ledger().cost())));
    rows.add(List.of("Directory", place.workspace().cwd().toString()));
    List<Path> roots = place.workspace().roots();
    roots.stream().skip(1).forEach(root -> rows.add(List.of("Further directory", root.toString())));
    rows.add(List.of("Project", place.projectRoot().toString()));
    rows.add(
        List.of(
            "Trusted",
            place.settings().get().trusted()
                ? "yes"
                : "no: what its files want to run does not count"));
    rows.add(List.of("Tools", Integer.toString(session.tools().all().size())));
    rows.add(List.of("Instruction files", Integer.toString(session.instructions().size())));
    List<Section> sections = new ArrayList<>();
    sections.add(new Section.Table("", List.of(Column.text(""), Column.text("")), rows));
    if (!session.notices().isEmpty()) {
      sections.add(
          new Section.Items(
              "Notices",
              session.notices().stream().map(it -> new Item(Mark.WARNING, it, "")).toList()));
    }
    return new CommandResult.Show(new Panel("Status", sections));
  }
}
