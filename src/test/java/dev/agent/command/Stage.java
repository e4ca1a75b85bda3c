package dev.agent.command;

import dev.agent.context.Instructions;
import dev.agent.context.PromptExpander;
import dev.agent.hook.HookSettings;
import dev.agent.json.Json;
import dev.agent.message.Conversation;
import dev.agent.message.Usage;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest.SystemText;
import dev.agent.permission.Mode;
import dev.agent.permission.Policy;
import dev.agent.permission.Rule;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import dev.agent.session.Sessions;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import dev.agent.testing.FakeClock;
import dev.agent.testing.FileTools;
import dev.agent.tool.Display;
import dev.agent.tool.ToolRegistry;
import dev.agent.tools.file.Read;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session in memory over a directory of files: what commands ask of it is noted. */
final class Stage {
  static final String ID = "11111111-2222-4333-8444-555555555555";

  final Path home;
  final Path project;
  final Places places;
  final FileTools tools;
  final FakeClock clock = new FakeClock();

  /** What was done to session and screen, in words. */
  final List<String> done = new ArrayList<>();

  /** Command lines that were run, each with its rules. */
  final List<String> lines = new ArrayList<>();

  Conversation conversation = Conversation.empty();
  Usage lastUsage = Usage.ZERO;
  Ledger ledger = new Ledger();
  Settings settings = Settings.none();
  Policy policy;
  Mode mode = Mode.DEFAULT;
  List<Display.Todo> todos = List.of();
  List<SessionFacts.Checkpoint> checkpoints = List.of();
  List<SessionFacts.Denial> denials = List.of();
  List<Instructions.InstructionFile> instructions = List.of();
  Optional<HookSettings> hooks = Optional.empty();
  Map<String, String> environment = Map.of();
  Optional<Programs.Finished> program = Optional.empty();
  CommandShell.Answer answer = new CommandShell.Answer.Ran("output", false);

  /** Whether what is set for the project counts. */
  boolean counts = true;

  Commands commands = Commands.builtIn();
  final Map<Screen.Option, String> shown = new HashMap<>();

  Stage(Path temp) {
    try {
      Path real = temp.toRealPath();
      home = Files.createDirectories(real.resolve("home"));
      project = Files.createDirectories(real.resolve("project"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    places =
        new Places(
            home,
            home.resolve(".agent"),
            home.resolve(".claude"),
            home.resolve("data"),
            home.resolve("cache"),
            List.of());
    tools = new FileTools(project);
    policy = new Policy(List.of(), List.of(), List.of(), home);
    shown.put(Screen.Option.THEME, "dark");
    shown.put(Screen.Option.MOUSE, "auto");
    shown.put(Screen.Option.EDITOR, "normal");
  }

  /** Runs a line as a front-end does. */
  CommandResult run(String line) throws InterruptedException {
    return switch (new CommandRouter(commands).route(line)) {
      case CommandRouter.Route.Run(SlashCommand command, String arguments) ->
          command.run(arguments, context());
      case CommandRouter.Route.Unknown unknown -> throw new UserError(unknown.message(), "");
      case CommandRouter.Route.Prompt(String text) ->
          throw new IllegalArgumentException("a prompt: " + text);
    };
  }

  /** What a line says or shows, as plain text. */
  String text(String line) throws InterruptedException {
    return switch (run(line)) {
      case CommandResult.Handled(String message) -> message;
      case CommandResult.Copied(String done, String typing, _) -> done + "; " + typing;
      case CommandResult.Show(Panel panel) -> PanelText.of(panel);
      case CommandResult.Open(CommandResult.Dialog dialog, Panel instead) ->
          dialog + "\n" + PanelText.of(instead);
      case CommandResult.Prompt prompt -> prompt.toString();
      case CommandResult.Edit(Path file) -> "edit " + file;
      case CommandResult.Exit() -> "exit";
    };
  }

  Path file(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Reads the custom commands again. */
  CustomCommands.Loaded load() {
    CustomCommands.Loaded loaded = CustomCommands.load(places, project, project);
    commands = Commands.builtIn().with(loaded);
    return loaded;
  }

  void trust() {
    settings = new Settings(List.of(), List.of(), List.of(), List.of(), true);
  }

  CommandContext context() {
    Workspace workspace = new Workspace(project, List.of(), home, () -> project);
    Place place =
        new Place(
            workspace,
            project,
            places,
            () -> settings,
            environment,
            (_, _, _) -> program,
            new Sessions(places.data(), () -> ID, clock, List.of(), _ -> {}),
            tools.history(),
            clock,
            ZoneOffset.UTC,
            new Machine("linux", "25.0.1", "/jdk", List.of("-XX:AOTCache=/lib/agent.aot")),
            "1.2.3");
    return new CommandContext(
        new Facts(),
        new Control(),
        new Look(),
        place,
        new PromptExpander(workspace, new Read(tools.access()), _ -> Optional.empty()),
        (line, rules, _) -> {
          lines.add(line + " " + rules.stream().map(Rule::tool).toList());
          return answer;
        },
        commands,
        Cancellation.root());
  }

  private final class Facts implements SessionFacts {
    private final Catalog catalog = Catalog.load(Json.object());

    @Override
    public String id() {
      return ID;
    }

    @Override
    public String title() {
      return "";
    }

    @Override
    public Optional<Path> journal() {
      return Optional.of(home.resolve("data/journal.jsonl"));
    }

    @Override
    public Instant startedAt() {
      return clock.instant().minusSeconds(72);
    }

    @Override
    public int turns() {
      return 2;
    }

    @Override
    public ModelInfo model() {
      return catalog.resolve("sonnet");
    }

    @Override
    public Catalog catalog() {
      return catalog;
    }

    @Override
    public Optional<String> effort() {
      return Optional.of("medium");
    }

    @Override
    public Mode mode() {
      return mode;
    }

    @Override
    public Policy policy() {
      return policy;
    }

    @Override
    public Optional<HookSettings> hooks() {
      return hooks;
    }

    @Override
    public Conversation conversation() {
      return conversation;
    }

    @Override
    public Usage lastUsage() {
      return lastUsage;
    }

    @Override
    public Ledger ledger() {
      return ledger;
    }

    @Override
    public List<SystemText> systemPrompt() {
      return List.of(new SystemText("You are an agent.", true));
    }

    @Override
    public ToolRegistry tools() {
      return new ToolRegistry(tools.all());
    }

    @Override
    public List<Instructions.InstructionFile> instructions() {
      return instructions;
    }

    @Override
    public List<Display.Todo> todos() {
      return todos;
    }

    @Override
    public List<Checkpoint> checkpoints() {
      return checkpoints;
    }

    @Override
    public List<String> notices() {
      return List.of("settings: a notice");
    }

    @Override
    public List<Denial> denials() {
      return denials;
    }
  }

  private final class Control implements SessionControl {
    @Override
    public ModelInfo model(String name) {
      done.add("model " + name);
      return Catalog.load(Json.object()).resolve(name);
    }

    @Override
    public void effort(String level) {
      done.add("effort " + level);
    }

    @Override
    public void mode(Mode wanted) {
      done.add("mode " + wanted.wire());
    }

    @Override
    public void clear() {
      done.add("clear");
    }

    @Override
    public Compacted compact(String focus, Cancellation cancellation) {
      done.add("compact " + focus);
      return new Compacted(120_000, 9_000, "summary");
    }

    @Override
    public void rename(String title) {
      done.add("rename " + title);
    }

    @Override
    public void resume(Path journal) {
      done.add("resume " + journal.getFileName());
    }

    @Override
    public TakenBack rewind(SessionFacts.Checkpoint to, Extent extent) {
      done.add("rewind " + to.id() + " " + extent);
      return new TakenBack(to.prompt(), List.of());
    }

    @Override
    public void addDirectory(Path directory) {
      done.add("add " + directory);
    }

    @Override
    public String set(String key, String value) {
      done.add("set " + key + " " + value);
      return "";
    }

    @Override
    public Kept setHere(String key, String value) {
      done.add("set here " + key + " " + value);
      return new Kept(counts, counts ? "Written." : "Written. Trust first.");
    }
  }

  private final class Look implements Screen {
    @Override
    public String value(Option option) {
      return shown.getOrDefault(option, "");
    }

    @Override
    public List<String> values(Option option) {
      return switch (option) {
        case THEME -> List.of("auto", "dark", "light");
        case MOUSE -> List.of("auto", "scroll", "off");
        case EDITOR -> List.of("normal", "vim");
        case TODOS -> List.of("shown", "hidden");
        case SURFACE -> List.of();
      };
    }

    @Override
    public void change(Option option, String value) {
      done.add(option + " " + value);
      shown.put(option, value);
    }

    @Override
    public String copy(String text) {
      done.add("copy " + text);
      return "copied " + text.length() + " chars";
    }
  }
}
