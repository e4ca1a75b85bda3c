package dev.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.context.GitStatus;
import dev.agent.context.Instructions;
import dev.agent.context.Surroundings;
import dev.agent.context.SystemPrompt;
import dev.agent.hook.HookPlace;
import dev.agent.json.ForeignSchema;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.AgentLoop;
import dev.agent.loop.Gate;
import dev.agent.loop.Limits;
import dev.agent.loop.LoopParts;
import dev.agent.loop.Recorder;
import dev.agent.loop.Recoveries;
import dev.agent.loop.ToolRunner;
import dev.agent.message.Message;
import dev.agent.mode.AgentSession;
import dev.agent.mode.EventHub;
import dev.agent.mode.Interaction;
import dev.agent.mode.Launch;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelClient;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest;
import dev.agent.net.AddressGuard;
import dev.agent.net.HttpClients;
import dev.agent.net.NetSettings;
import dev.agent.permission.Classifier;
import dev.agent.permission.Layer;
import dev.agent.permission.Layers;
import dev.agent.permission.Mode;
import dev.agent.permission.ModeSwitch;
import dev.agent.permission.ModelClassifier;
import dev.agent.permission.Permissions;
import dev.agent.permission.Policy;
import dev.agent.permission.ScopedPolicy;
import dev.agent.process.BackgroundShells;
import dev.agent.process.Leftovers;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.runtime.UserError;
import dev.agent.sandbox.Confinement;
import dev.agent.session.Entry;
import dev.agent.session.SessionFiles;
import dev.agent.settings.LiveSettings;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsSources;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolRegistry;
import dev.agent.tools.BuiltinTools;
import dev.agent.tools.file.FileAccess;
import dev.agent.tools.plan.ExitPlanMode;
import dev.agent.tools.plan.StructuredOutput;
import dev.agent.tools.search.SearchPlace;
import dev.agent.tools.shell.Keepsakes;
import dev.agent.tools.shell.ShellGuards;
import dev.agent.tools.shell.ShellLimits;
import dev.agent.tools.shell.ShellPlace;
import dev.agent.workspace.CommandJudge;
import dev.agent.workspace.FileHistory;
import dev.agent.workspace.FileWriter;
import dev.agent.workspace.ReadState;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The only place where objects are put together. One instance per run. */
final class Wiring {
  private static final Duration CLASSIFIER_LIMIT = Duration.ofSeconds(15);

  private final Launch launch;
  private final Interaction person;
  private final Launch.World world;
  private final Places places;
  private final Path root;
  private final LiveSettings live;
  private final Settings settings; // as they were at the start
  private final Map<String, String> environment;
  private final Catalog catalog;
  private final ModelInfo model;
  private final List<Path> added;
  private final List<String> notices = new ArrayList<>();
  private final EventHub events = new EventHub();
  private final SessionSetup setup;
  private final Processes processes;
  private final HttpClients clients;
  private final CompletableFuture<Surroundings> surroundings;

  /** A run that nobody sits in front of. */
  Wiring(Launch launch) {
    this(launch, Interaction.NOBODY);
  }

  Wiring(Launch launch, Interaction person) {
    this.launch = launch;
    this.person = person;
    this.world = launch.world();
    this.places = world.places();
    SettingsSources sources = RunSettings.sources(launch);
    this.root = sources.root();
    this.live = new LiveSettings(sources);
    this.settings = live.current();
    this.environment = settings.variables(world.environment());
    this.clients = new HttpClients(NetSettings.from(environment, List.of()));
    settings.problems().forEach(problem -> notices.add("settings: " + problem));
    settings.withheld().ifPresent(notices::add);
    notices.addAll(RunSettings.overruled(settings));
    this.catalog = catalog();
    this.model = model();
    this.added = addedDirectories();
    this.setup = new SessionSetup(launch, places, notices, events);
    this.processes = new Processes(environment, setup.id());
    this.surroundings = later(this::look);
  }

  /** Loads the classes of the largest library; connects to nothing. */
  static void warmUp() {
    var _ = new HttpClients(NetSettings.from(Map.of(), List.of())).forScheme("http");
  }

  private static <T> CompletableFuture<T> later(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
  }

  private Catalog catalog() {
    ObjectNode overrides = Json.object();
    Optional<String> file = settings.text("prices");
    if (file.isPresent()) {
      Path path =
          file.get().startsWith("~/")
              ? places.home().resolve(file.get().substring(2))
              : places.config().resolve(file.get());
      try {
        if (Json.STRICT.readTree(Files.readAllBytes(path)) instanceof ObjectNode read) {
          overrides = read;
        }
      } catch (IOException e) {
        notices.add(
            "settings: the price file "
                + path
                + " can't be read ("
                + e.getMessage()
                + "); the built-in prices are used.");
      }
    }
    Catalog loaded = Catalog.load(overrides);
    loaded.problems().forEach(problem -> notices.add("settings: prices: " + problem));
    return loaded;
  }

  private ModelInfo model() {
    if (launch.model().filter(String::isBlank).isPresent()) {
      throw new UserError("--model is empty.", "Name a model, such as opus, sonnet or haiku.");
    }
    String name = settings.text("model").orElse("default");
    ModelInfo info = catalog.resolve(name);
    if (!info.known()) {
      notices.add(
          "The model \""
              + info.id()
              + "\" is not known here: it is sent as it is, with a window of "
              + info.contextWindow()
              + " tokens and no price.");
    }
    return info;
  }

  private List<Path> addedDirectories() {
    List<Path> directories = new ArrayList<>();
    for (String name : launch.addDirectories()) {
      Path path =
          world
              .cwd()
              .resolve(
                  name.startsWith("~/")
                      ? places.home().resolve(name.substring(2)).toString()
                      : name)
              .normalize();
      if (!Files.isDirectory(path)) {
        throw new UserError(
            "--add-dir: \"" + name + "\" is no directory.",
            "Give the path of a directory that exists.");
      }
      directories.add(path);
    }
    for (var entry : settings.texts("permissions.additionalDirectories")) {
      Path path =
          entry
              .getValue()
              .base()
              .resolve(
                  entry.getKey().startsWith("~/")
                      ? places.home().resolve(entry.getKey().substring(2)).toString()
                      : entry.getKey());
      if (Files.isDirectory(path)) {
        directories.add(path.normalize());
      }
    }
    return directories;
  }

  private Surroundings look() {
    boolean repository = Files.exists(root.resolve(".git"));
    String status = repository ? GitStatus.of(root, this::git) : "";
    String date = LocalDate.ofInstant(world.time().instant(), ZoneId.systemDefault()).toString();
    return new Surroundings(
        world.cwd(), added, world.platform(), date, model.id(), repository, status);
  }

  private Optional<String> git(List<String> command, Path cwd, Duration limit) {
    try {
      return processes
          .run(command, cwd, limit)
          .filter(output -> output.exitCode() == 0)
          .map(Processes.Output::text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private List<ModelRequest.SystemText> system(ModelInfo asked) {
    return SystemPrompt.blocks(
        launch.systemPrompt(),
        launch.appendSystemPrompt(),
        surroundings.join().withModel(asked.id()));
  }

  /** The system prompt as it would be sent. */
  String systemPrompt() {
    return SystemPrompt.text(system(model));
  }

  /** A session ready for prompts. */
  AgentSession session() {
    return open().session();
  }

  /** A session with what is needed to change it while it goes on. */
  record Open(
      AgentSession session,
      SessionSetup.Opened files,
      LiveSettings live,
      ModelInfo model,
      ModeSwitch mode,
      ToolRegistry tools,
      Permissions permissions,
      Rules rules,
      ScopedPolicy policy,
      Workspace workspace,
      BackgroundShells background,
      ToolRunner runner,
      ModelClient client,
      ModelChoices models) {}

  Map<String, String> environment() {
    return environment;
  }

  Processes processes() {
    return processes;
  }

  SessionSetup setup() {
    return setup;
  }

  Path root() {
    return root;
  }

  private ModelService service(ModelInfo asked) {
    return new ModelService(
        launch, environment, settings, catalog, asked, processes, person.present());
  }

  /** A session with its parts. */
  Open open() {
    ModelService service = service(model);
    service.preconnect(clients);
    SessionSetup.Opened opened = setup.open(model);
    ShellPlace place = new ShellPlace(world.cwd(), workspaceRoots(), places.home());
    Workspace workspace = new Workspace(world.cwd(), added, places.home(), place::cwd);
    ReadState readState = new ReadState();
    opened.seen().forEach((path, hash) -> readState.saw(Path.of(path), hash));
    FileHistory history = opened.history();
    Optional<StructuredOutput> structured = structured();
    ModeSwitch mode = new ModeSwitch(startMode());
    BackgroundShells background = new BackgroundShells();
    Path scratch = scratch(opened.files());
    Confinement confinement =
        new Fences(launch, settings, places, environment, processes)
            .confinement(workspaceRoots(), scratch, events);
    ToolRegistry registry =
        registry(
            workspace,
            place,
            readState,
            history,
            opened.files(),
            structured,
            mode,
            background,
            scratch,
            confinement);
    Rules rules = new Rules(launch, settings, places);
    notices.addAll(rules.problems());
    ToolRegistry visible = visible(registry, rules.policy());
    Runnable reload = RunSettings.reload(live, rules, events);
    Ledger ledger = new Ledger();
    ModelClient client = service.client(clients, opened.record(Secrets.of(environment)), events);
    Classifier classifier =
        mode.get() == Mode.AUTO
            ? new ModelClassifier(client, catalog, ledger, prompts()::texts, CLASSIFIER_LIMIT)
            : Classifier.NONE;
    ScopedPolicy policy = new ScopedPolicy(rules::policy);
    List<Layer> layers = Layers.all(policy, workspace, confinement, classifier);
    HookSeams hooks =
        hooks(
            opened,
            new HookWiring.Models(client, ledger, layers, workspace),
            readState,
            background,
            mode);
    Permissions permissions =
        new Permissions(
            layers,
            hooks.asker().apply(person.asker()),
            rules::grant,
            audit -> opened.log().append(Rules.entry(audit)));
    Gate gate = new PermissionGate(permissions, mode, workspace::cwd);
    events.listen(
        event -> {
          if (event instanceof AgentEvent.TurnFinished) {
            opened.log().append(new Entry.ReadStateSnapshot(readState.export()));
          }
        });
    Instructions instructions = instructions();
    events.listen(new Recorder(opened.log(), ledger));
    events.listen(
        event -> {
          if (event instanceof AgentEvent.Compacted compacted) {
            opened.points().forget(compacted.conversation());
          }
        });
    ToolRunner runner =
        new ToolRunner(
            visible, gate, hooks.calls(), opened.files()::keep, events, world.ids(), this::bug);
    ModelChoices models =
        new ModelChoices(catalog, this::service, this::system, visible, launch.partialMessages());
    LoopParts parts =
        new LoopParts(
            client,
            catalog,
            model,
            service.outputTokens(),
            models.assembler(model, service, service.effort()),
            runner,
            ledger,
            new Limits(launch.maxTurns(), launch.maxBudget(), person.present()),
            Recoveries.all(),
            Stream.concat(
                    structured.map(StructuredAnswer::check).stream(), hooks.stopChecks().stream())
                .toList(),
            new Between(instructions, visible, structured, hooks.steps(), reload, person),
            events);
    List<Instructions.InstructionFile> atStart = instructions.atStart();
    hooks.steps().loaded(atStart, "session_start");
    String reminder = reminder(atStart);
    instructions.problems().forEach(problem -> notices.add("instructions: " + problem));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  processes.killAll();
                  confinement.close();
                }));
    afterTheFirstBlock(visible.find("Bash").isPresent());
    AgentSession session =
        new AgentSession(
            new AgentSession.Parts(
                setup.id(),
                model,
                mode.get(),
                visible,
                new AgentLoop(parts),
                events,
                ledger,
                opened.conversation(),
                reminder,
                message -> {
                  reload.run();
                  checkpoint(opened.points(), message);
                },
                hooks.session(),
                structured,
                notices,
                service.keySource(),
                () -> {
                  processes.killAll();
                  confinement.close();
                  opened.close();
                }));
    return new Open(
        session,
        opened,
        live,
        model,
        mode,
        visible,
        permissions,
        rules,
        policy,
        workspace,
        background,
        runner,
        client,
        models);
  }

  /** The instruction files, as none of them was read yet. */
  Instructions instructions() {
    return new Instructions(world.cwd(), places.home(), places.personal(), root);
  }

  /** What the model is told of instruction files at the beginning. */
  static String reminder(List<Instructions.InstructionFile> files) {
    return Instructions.reminder(
        files,
        "These are the instructions of the user and the project for this work. Follow them"
            + " where they apply.");
  }

  /** What the person writes from now on. */
  private LatestPrompts prompts() {
    LatestPrompts prompts = new LatestPrompts();
    events.listen(prompts);
    return prompts;
  }

  private HookSeams hooks(
      SessionSetup.Opened opened,
      HookWiring.Models models,
      ReadState readState,
      BackgroundShells background,
      ModeSwitch mode) {
    // Without hooks not a class of theirs is loaded.
    if (settings.all("hooks").isEmpty()) {
      return HookSeams.NONE;
    }
    if (launch.readOnly()) {
      notices.add("Hooks don't run in a session that only reads: they could write.");
      return HookSeams.NONE;
    }
    HookWiring wiring = hookWiring();
    HookPlace place =
        new HookPlace(
            setup.id(),
            setup.journal(),
            root,
            models.workspace()::cwd,
            () -> mode.get().wire(),
            opened.files().directory().resolve("hook-exports.sh"),
            opened.files()::keep);
    return wiring.seams(
        wiring.read(notices),
        models,
        new HookWiring.Session(
            place,
            mode,
            new OwnFiles(readState, new FileWriter(opened.history())),
            new SessionHooking.Beginning(setup.source(), model.id()),
            background,
            title -> opened.log().append(new Entry.Title(title))));
  }

  private HookWiring hookWiring() {
    return new HookWiring(launch, settings, places, root, processes, clients, catalog, events);
  }

  /**
   * What decides about permissions here, to be looked at outside of a session.
   *
   * @param mode the mode that a session would start in
   */
  record PolicyView(Policy policy, Workspace workspace, Mode mode, List<String> notices) {
    PolicyView {
      notices = List.copyOf(notices);
    }
  }

  /** The rules and places that a session here would have. */
  PolicyView policyView() {
    Rules rules = new Rules(launch, settings, places);
    notices.addAll(rules.problems());
    Workspace workspace = new Workspace(world.cwd(), added, places.home(), world::cwd);
    return new PolicyView(rules.policy(), workspace, startMode(), notices);
  }

  /** The hooks, to be looked at outside of a session. */
  HookCheck hookCheck() {
    Workspace workspace = new Workspace(world.cwd(), added, places.home(), world::cwd);
    Rules rules = new Rules(launch, settings, places);
    notices.addAll(rules.problems());
    HookWiring wiring = hookWiring();
    return new HookCheck(
        wiring.read(notices),
        wiring.runners(
            () ->
                new HookWiring.Models(
                    service(model).client(clients, Optional.empty(), events),
                    new Ledger(),
                    Layers.all(rules::policy, workspace),
                    workspace)),
        wiring.conditions(),
        setup.id(),
        root,
        world.cwd(),
        List.copyOf(notices));
  }

  /**
   * What killed agents left behind is ended, and what judging commands takes is read, once the
   * first part of an answer is there: the start has no time for it.
   */
  private void afterTheFirstBlock(boolean commands) {
    AtomicBoolean done = new AtomicBoolean();
    events.listen(
        event -> {
          if (event instanceof AgentEvent.BlockCompleted && !done.getAndSet(true)) {
            Thread.ofVirtual().name("leftovers").start(Leftovers::sweep);
            if (commands) {
              Thread.ofVirtual().name("command facts").start(CommandJudge::warmUp);
            }
          }
        });
  }

  private List<Path> workspaceRoots() {
    List<Path> roots = new ArrayList<>(List.of(world.cwd()));
    roots.addAll(added);
    List<Path> real = new ArrayList<>(roots);
    roots.forEach(path -> Workspace.realPath(path).ifPresent(real::add));
    return real;
  }

  private void checkpoint(RewindPoints points, Message message) {
    try {
      points.begin(message);
    } catch (IOException e) {
      notices.add("File history: " + e.getMessage());
    }
  }

  private static Path scratch(SessionFiles files) {
    try {
      return files.scratch();
    } catch (IOException e) {
      throw new UserError(
          "No directory for short-lived files can be made (" + e.getMessage() + ").",
          "Make the data directory or the temporary directory writable.");
    }
  }

  private ToolRegistry registry(
      Workspace workspace,
      ShellPlace place,
      ReadState readState,
      FileHistory history,
      SessionFiles files,
      Optional<StructuredOutput> structured,
      ModeSwitch mode,
      BackgroundShells background,
      Path scratch,
      Confinement confinement) {
    List<Path> globalIgnores = List.of(places.home().resolve(".config/git/ignore"));
    List<Tool> tools =
        new ArrayList<>(
            BuiltinTools.all(
                new BuiltinTools.Parts(
                    launch.readOnly()
                        ? FileAccess.readingOnly(workspace, readState)
                        : new FileAccess(
                            workspace,
                            readState,
                            new FileWriter(history),
                            FileAccess.AfterWrite.NOTHING),
                    new SearchPlace(
                        workspace, settings.flag("respectGitignore", true), globalIgnores),
                    Optional.of(new Ripgrep(processes, environment)),
                    processes,
                    background,
                    place,
                    scratch,
                    id -> sink(files.output(id)),
                    ShellLimits.of(environment),
                    new ShellGuards(
                        confinement,
                        new Keepsakes(
                            launch.readOnly() ? Optional.empty() : Optional.of(history),
                            processes,
                            workspaceRoots())),
                    clients,
                    new AddressGuard(
                        host ->
                            live.current().texts("webFetch.allowPrivate").stream()
                                .anyMatch(entry -> entry.getKey().equalsIgnoreCase(host))),
                    person.questioner(),
                    mode.get() == Mode.PLAN
                        ? person.planGate().or(() -> Optional.of(ExitPlanMode.Gate.NOBODY))
                        : person.planGate())));
    structured.ifPresent(tools::add);
    return new ToolRegistry(tools);
  }

  private static OutputSink sink(SessionFiles.Growing file) {
    return new OutputSink() {
      @Override
      public boolean append(byte[] bytes, int offset, int length) {
        return file.append(bytes, offset, length);
      }

      @Override
      public Optional<Path> path() {
        return file.path();
      }

      @Override
      public void close() {
        file.close();
      }
    };
  }

  /** Without the tools that are forbidden as a whole, or that were not asked for. */
  private ToolRegistry visible(ToolRegistry all, Policy policy) {
    Optional<List<String>> only = launch.tools().filter(names -> !names.equals(List.of("default")));
    only.ifPresent(
        names ->
            names.forEach(
                name -> {
                  if (all.find(name).isEmpty()) {
                    throw new UserError(
                        "--tools: there is no tool \"" + name + "\".",
                        "There are "
                            + String.join(
                                ", ", all.all().stream().map(tool -> tool.spec().name()).toList())
                            + ".");
                  }
                }));
    return new ToolRegistry(
        all.all().stream()
            .filter(tool -> !policy.hides(tool.spec().name()))
            .filter(
                tool ->
                    only.isEmpty()
                        || tool instanceof StructuredOutput
                        || only.get().stream()
                            .anyMatch(name -> all.find(name).orElse(null) == tool))
            .toList());
  }

  private Mode startMode() {
    Optional<String> name = settings.text("permissions.defaultMode");
    Mode mode =
        name.map(
                it ->
                    Mode.of(it)
                        .orElseThrow(
                            () ->
                                new UserError(
                                    "\"" + it + "\" is no permission mode.",
                                    "There are default, acceptEdits, plan, auto, dontAsk and"
                                        + " bypassPermissions.")))
            .orElse(Mode.DEFAULT);
    if (mode == Mode.BYPASS) {
      if (settings
          .text("permissions.disableBypassPermissionsMode")
          .filter("disable"::equals)
          .isPresent()) {
        throw new UserError(
            "Bypassing permissions is switched off in the settings"
                + " (permissions.disableBypassPermissionsMode).",
            "Use another --permission-mode.");
      }
      boolean sandboxed = !environment.getOrDefault("IS_SANDBOX", "").isBlank();
      if (world.userName().equals("root") && !sandboxed) {
        throw new UserError(
            "Permissions can't be bypassed as root outside of a sandbox.",
            "Run as another user, or set IS_SANDBOX=1 inside a container that may be damaged.");
      }
    }
    return mode;
  }

  private Optional<StructuredOutput> structured() {
    if (launch.jsonSchema().isEmpty()) {
      return Optional.empty();
    }
    String text = launch.jsonSchema().get().strip();
    try {
      if (!text.startsWith("{")) {
        text = Files.readString(world.cwd().resolve(text));
      }
      if (Json.parse(text) instanceof ObjectNode schema) {
        return Optional.of(new StructuredOutput(ForeignSchema.of(schema)));
      }
      throw new UserError(
          "--json-schema must be a JSON object.",
          "Give a schema or the path of a file that holds one.");
    } catch (JsonProcessingException e) {
      throw new UserError(
          "--json-schema is no JSON: " + e.getOriginalMessage() + ".",
          "Give a schema or the path of a file that holds one.");
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw new UserError(
          "--json-schema: \"" + text + "\" is neither JSON nor a file that can be read.",
          "Give a schema or the path of a file that holds one.");
    } catch (IllegalArgumentException e) {
      throw new UserError("--json-schema: " + e.getMessage() + ".", "");
    }
  }

  /**
   * A fault of ours: the stack trace goes to the log when there is one, else nowhere; the id is in
   * the result.
   */
  private void bug(String id, Throwable cause) {
    if (launch.debug()) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      AgentCommand.write(world.err(), "bug " + id + ": " + trace);
    }
  }
}
