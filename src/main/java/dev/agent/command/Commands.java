package dev.agent.command;

import dev.agent.text.NearestNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The commands of a session: the built-in ones in the order of the list below, then those that were
 * added. An earlier command wins over a later one of the same name. Immutable.
 */
public final class Commands {
  private final Map<String, SlashCommand> byName = new LinkedHashMap<>();
  private final Map<String, SlashCommand> byAlias = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  public Commands(Collection<? extends SlashCommand> commands) {
    for (SlashCommand command : commands) {
      String name = key(command.info().name());
      if (byName.putIfAbsent(name, command) != null) {
        problems.add(
            "There is a command /"
                + name
                + " already"
                + (command instanceof CustomCommand custom
                    ? ", so " + custom.file() + " is left out; give the file another name."
                    : "; the later one is left out."));
      }
    }
    for (SlashCommand command : byName.values()) {
      for (String alias : command.info().aliases()) {
        if (!byName.containsKey(key(alias))) {
          byAlias.putIfAbsent(key(alias), command);
        }
      }
    }
  }

  /** The built-in commands, one line each. */
  public static Commands builtIn() {
    return new Commands(
        List.of(
            new HelpCommand(),
            new ClearCommand(),
            new CompactCommand(),
            new ContextCommand(),
            new CostCommand(),
            new UsageCommand(),
            new StatusCommand(),
            new ModelCommand(),
            new EffortCommand(),
            new OutputStyleCommand(),
            new ModeCommand(),
            new PlanCommand(),
            new PermissionsCommand(),
            PromptCommand.init(),
            PromptCommand.review(),
            new MemoryCommand(),
            new DiffCommand(),
            new RewindCommand(),
            new ResumeCommand(),
            new RenameCommand(),
            new ExportCommand(),
            new CopyCommand(),
            new TodosCommand(),
            new AddDirCommand(),
            new ConfigCommand(),
            new HooksCommand(),
            new DoctorCommand(),
            ScreenCommand.theme(),
            ScreenCommand.tui(),
            ScreenCommand.mouse(),
            ScreenCommand.vim(),
            new StatuslineCommand(),
            new BugCommand(),
            new ExitCommand()));
  }

  /**
   * These and custom ones behind them. A custom command takes the place of a built-in one that is
   * nothing but a prompt; the names of the others are taken.
   */
  public Commands with(CustomCommands.Loaded custom) {
    Map<String, SlashCommand> own = new LinkedHashMap<>();
    custom.commands().forEach(it -> own.putIfAbsent(key(it.info().name()), it));
    List<SlashCommand> all = new ArrayList<>();
    for (SlashCommand command : byName.values()) {
      boolean replaced =
          command instanceof PromptCommand && own.containsKey(key(command.info().name()));
      if (!replaced) {
        all.add(command);
      }
    }
    all.addAll(custom.commands());
    Commands joined = new Commands(all);
    joined.problems.addAll(0, custom.problems());
    return joined;
  }

  /** The command of this name, else the one with this alias; case does not matter. */
  public Optional<SlashCommand> find(String name) {
    SlashCommand exact = byName.get(key(name));
    return Optional.ofNullable(exact != null ? exact : byAlias.get(key(name)));
  }

  /** All commands in their order. */
  public List<SlashCommand> all() {
    return List.copyOf(byName.values());
  }

  /** What someone who typed this name most likely meant, best first. */
  public List<String> nearest(String name) {
    List<String> names = new ArrayList<>(byName.keySet());
    names.addAll(byAlias.keySet());
    return NearestNames.of(name, names, 3);
  }

  /** What was left out and why, one sentence each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
