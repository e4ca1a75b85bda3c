package dev.agent.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.command.Panel.Item;
import dev.agent.command.Panel.Mark;
import dev.agent.command.Panel.Section;
import dev.agent.hook.HookSettings;
import dev.agent.json.Json;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks whether the agent has what it needs here: an ordered list of small checks, none of which
 * changes anything or speaks to the network. {@code /doctor} and {@code agent doctor} show the
 * same.
 */
public final class Doctor {
  private Doctor() {}

  /** One thing to look at. What it throws becomes a finding. */
  @FunctionalInterface
  interface Check {
    Finding look(World world) throws InterruptedException;
  }

  /** The checks by name, in the order in which they are shown. */
  private static final List<Map.Entry<String, Check>> CHECKS =
      List.of(
          Map.entry("Version", DoctorChecks::version),
          Map.entry("Java", DoctorChecks::java),
          Map.entry("Start-up cache", DoctorChecks::startUpCache),
          Map.entry("Terminal", DoctorChecks::terminal),
          Map.entry("Text encoding", DoctorChecks::encoding),
          Map.entry("API key", DoctorChecks::key),
          Map.entry("Settings", DoctorChecks::settings),
          Map.entry("Trust", DoctorChecks::trust),
          Map.entry("Hooks", DoctorChecks::hooks),
          Map.entry("Custom commands", DoctorChecks::commands),
          Map.entry("git", DoctorChecks::git),
          Map.entry("ripgrep", DoctorChecks::ripgrep),
          Map.entry("Sandbox", DoctorChecks::sandbox),
          Map.entry("Data directory", DoctorChecks::data),
          Map.entry("Disk", DoctorChecks::disk));

  /**
   * What the checks look at.
   *
   * @param directory the working directory
   * @param isTerminal whether standard input and output are a terminal
   * @param commandProblems what was wrong with custom commands
   */
  public record World(
      Machine machine,
      String version,
      Map<String, String> environment,
      Places places,
      Path directory,
      boolean isTerminal,
      Settings settings,
      HookSettings hooks,
      List<String> commandProblems,
      Programs programs) {
    public World {
      environment = Map.copyOf(environment);
      commandProblems = List.copyOf(commandProblems);
    }

    String variable(String name) {
      return environment.getOrDefault(name, "");
    }
  }

  /** How a thing stands. */
  public enum State {
    GOOD("ok", Mark.GOOD),
    /** Neither good nor bad. */
    NOTE("note", Mark.NONE),
    WARNING("warning", Mark.WARNING),
    BAD("error", Mark.BAD);

    private final String shown;
    private final Mark mark;

    State(String shown, Mark mark) {
      this.shown = shown;
      this.mark = mark;
    }

    /** Its name for people and programs. */
    public String shown() {
      return shown;
    }
  }

  /**
   * What a check found.
   *
   * @param remedy what to do about it; empty when nothing
   */
  public record Finding(String name, State state, String text, String remedy) {
    static Finding good(String text) {
      return new Finding("", State.GOOD, text, "");
    }

    static Finding note(String text) {
      return new Finding("", State.NOTE, text, "");
    }

    static Finding warning(String text, String remedy) {
      return new Finding("", State.WARNING, text, remedy);
    }

    static Finding bad(String text, String remedy) {
      return new Finding("", State.BAD, text, remedy);
    }

    private Finding named(String other) {
      return new Finding(other, state, text, remedy);
    }
  }

  /** All findings in the order of the checks. */
  public record Report(List<Finding> findings) {
    public Report {
      findings = List.copyOf(findings);
    }

    /** Whether nothing is broken; warnings don't count. */
    public boolean isHealthy() {
      return findings.stream().noneMatch(it -> it.state() == State.BAD);
    }

    /** For people. */
    public Panel panel() {
      List<Item> items = new ArrayList<>();
      for (Finding it : findings) {
        items.add(new Item(it.state().mark, it.name() + ": " + it.text(), it.remedy()));
      }
      long bad = count(State.BAD);
      long warnings = count(State.WARNING);
      return Panel.of(
          "Doctor",
          new Section.Items("", items),
          new Section.Text(
              bad + warnings == 0
                  ? "All is well."
                  : Figures.count(bad, "error") + ", " + Figures.count(warnings, "warning") + "."));
    }

    /** The same with what was told above the prompt and is not among the findings. */
    Report with(List<String> warnings) {
      List<Finding> all = new ArrayList<>(findings);
      for (String warning : warnings) {
        if (findings.stream().noneMatch(it -> (it.text() + it.remedy()).contains(warning))) {
          all.add(Finding.warning(warning, "").named("Told at the start"));
        }
      }
      return new Report(all);
    }

    private long count(State state) {
      return findings.stream().filter(it -> it.state() == state).count();
    }

    /** For programs: {@code {"healthy":…,"findings":[{"name","state","text","remedy"}]}}. */
    public ObjectNode json() {
      ObjectNode node = Json.object();
      node.put("healthy", isHealthy());
      ArrayNode list = node.putArray("findings");
      for (Finding it : findings) {
        ObjectNode finding = list.addObject();
        finding.put("name", it.name());
        finding.put("state", it.state().shown());
        finding.put("text", it.text());
        finding.put("remedy", it.remedy());
      }
      return node;
    }
  }

  /** Runs all checks; those that are about the terminal alone when that is asked for. */
  public static Report examine(World world, boolean terminalOnly) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, Check> check : CHECKS) {
      boolean about = check.getKey().equals("Terminal") || check.getKey().equals("Text encoding");
      if (!terminalOnly || about) {
        findings.add(look(check.getValue(), world).named(check.getKey()));
      }
    }
    return new Report(findings);
  }

  private static Finding look(Check check, World world) throws InterruptedException {
    try {
      return check.look(world);
    } catch (RuntimeException e) {
      return Finding.warning(
          "could not be looked at (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")",
          "");
    }
  }

  /** What a running session finds. */
  static Report of(CommandContext context) throws InterruptedException {
    Place place = context.place();
    Report report =
        examine(
            new World(
                place.machine(),
                place.version(),
                place.environment(),
                place.places(),
                place.workspace().cwd(),
                !context.screen().values(Screen.Option.SURFACE).isEmpty(),
                place.settings().get(),
                HookSettings.of(place.settings().get()),
                context.commands().problems(),
                place.programs()),
            false);
    return report.with(context.screen().warnings());
  }
}
