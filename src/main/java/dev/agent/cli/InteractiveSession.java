package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.command.SessionControl;
import dev.agent.context.Budget;
import dev.agent.context.Compaction;
import dev.agent.context.MemoryFiles;
import dev.agent.context.OutputStyles;
import dev.agent.context.SummaryCompaction;
import dev.agent.json.InvalidInputException;
import dev.agent.loop.SideQuestion;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.mode.AgentSession;
import dev.agent.mode.Launch;
import dev.agent.mode.SessionHooks;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.RewindPoint;
import dev.agent.mode.interactive.Workplace;
import dev.agent.model.ModelException;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Decision;
import dev.agent.permission.ModeSwitch;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Permissions;
import dev.agent.permission.Rule;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import dev.agent.session.Entry;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsEditor;
import dev.agent.settings.SettingsLoader;
import dev.agent.settings.SettingsSources;
import dev.agent.settings.Source;
import dev.agent.settings.Trust;
import dev.agent.tool.Display;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolResult;
import dev.agent.workspace.FileHistory;
import dev.agent.workspace.FileWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An open session with what a person can do to it. */
final class InteractiveSession implements OpenSession {
  private final Launch launch;
  private final SettingsSources sources;
  private final Wiring.Open open;
  private final OwnCommands commands;
  private final Workplace workplace;
  private volatile ModelInfo model;
  private volatile Optional<String> effort;
  private volatile String title;

  InteractiveSession(Launch launch, SettingsSources sources, Wiring.Open open) {
    this.launch = launch;
    this.sources = sources;
    this.open = open;
    this.commands =
        new OwnCommands(
            open.tools(),
            open.permissions(),
            open.bench().workspace()::cwd,
            open.run().person().asker(),
            launch.world().ids());
    this.model = open.run().model();
    this.effort = launch.effort();
    this.title = open.files().title();
    this.workplace = new Workplaces(open, this::model).make();
  }

  @Override
  public AgentSession session() {
    return open.session();
  }

  @Override
  public Launch launch() {
    return launch;
  }

  @Override
  public ModeSwitch mode() {
    return open.mode();
  }

  @Override
  public ModelInfo model() {
    return model;
  }

  @Override
  public Optional<String> effort() {
    return effort;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public Path cwd() {
    return open.bench().workspace().cwd();
  }

  @Override
  public synchronized ModelInfo useModel(String name) {
    if (name.isBlank()) {
      throw new UserError("The name of the model is empty.", "Name one, such as opus or sonnet.");
    }
    model = open.run().catalog().resolve(name.strip());
    open.models().use(session().parts().loop(), model, effort);
    return model;
  }

  @Override
  public synchronized void useEffort(String level) {
    effort = Optional.of(Options.effort(level.strip()));
    open.models().use(session().parts().loop(), model, effort);
  }

  @Override
  public Decision decide(PermissionRequest request) {
    return open.permissions().decide(request);
  }

  @Override
  public List<Permissions.Opinion> trail(PermissionRequest request) {
    return open.permissions().trail(request);
  }

  @Override
  public void grant(List<String> offers, Path base) {
    List<Rule> rules = new ArrayList<>();
    for (String offer : offers) {
      try {
        rules.add(Rule.parse(offer, "this session", base));
      } catch (Rule.InvalidRuleException e) {
        throw new IllegalStateException("an offer is always a rule: " + offer, e);
      }
    }
    open.rules().grant(rules);
  }

  @Override
  public boolean revoke(String rule) {
    return open.rules().revoke(rule);
  }

  @Override
  public String keep(String key, List<String> items) {
    return open.run()
        .live()
        .edit(
            editor -> {
              SettingsEditor.Edited edited = editor.add(key, items, Source.LOCAL);
              String kept = "Written to " + edited.file() + ".";
              return counts(_ -> true)
                  ? kept
                  : kept
                      + " It counts in later sessions once this directory is trusted: agent trust";
            });
  }

  @Override
  public SessionControl.Kept setHere(String key, String value) {
    return open.run()
        .live()
        .edit(
            editor -> {
              SettingsEditor.Edited edited = editor.set(key, value, Source.LOCAL);
              String kept = "Written to " + edited.file() + ".";
              return counts(it -> !styles(it).untrusted())
                  ? new SessionControl.Kept(true, kept)
                  : new SessionControl.Kept(
                      false, kept + " It counts once this directory is trusted: agent trust");
            });
  }

  private OutputStyles styles(Settings settings) {
    return OutputStyles.load(
        launch.world().places(), sources.root(), launch.world().cwd(), settings.trusted());
  }

  /**
   * Whether what stands in the person's own file of this project counts.
   *
   * @param harmless whether the directory may be trusted without a question; files that its
   *     settings don't name can want trust as well
   */
  private boolean counts(Predicate<Settings> harmless) {
    Settings settings = SettingsLoader.load(sources);
    if (!settings.trusted() && settings.contributions().isEmpty() && harmless.test(settings)) {
      // The person decides something for good here and nobody else does: that is trust in oneself.
      new Trust(launch.world().places()).grant(sources.root(), List.of());
      return true;
    }
    return settings.trusted();
  }

  @Override
  public String drop(String key, String item, Source source) {
    return "Removed from "
        + open.run().live().edit(editor -> editor.remove(key, item, source)).file()
        + ".";
  }

  @Override
  public Optional<Display> preview(ToolCall call) {
    return look(call, Tool::preview);
  }

  @Override
  public Optional<String> sureFailure(ToolCall call) {
    return look(call, Tool::sureFailure);
  }

  private <T> Optional<T> look(ToolCall call, BiFunction<Tool, ObjectNode, Optional<T>> look) {
    Optional<Tool> found = open.tools().find(call.name());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Tool tool = found.get();
    try {
      return look.apply(tool, tool.spec().input().check(call.input()));
    } catch (InvalidInputException e) {
      return Optional.empty(); // who runs the call says so
    }
  }

  @Override
  public ToolResult command(String command, Cancellation cancellation, Consumer<String> progress)
      throws InterruptedException {
    return commands.run(command, cancellation, progress);
  }

  @Override
  public int background() {
    return open.bench().background().release();
  }

  @Override
  public int backgroundShells() {
    return open.bench().background().running();
  }

  @Override
  public void rename(String name) {
    title = name;
    open.files().log().append(new Entry.Title(name));
  }

  @Override
  public List<MemoryFiles.Target> memory() {
    return memoryFiles().targets();
  }

  private MemoryFiles memoryFiles() {
    // The person's own act: taking back what the agent did must not take it back.
    Path history = Workbench.scratch(open.files().files()).resolve("own-notes");
    return new MemoryFiles(
        sources.root(), launch.world().places().config(), new FileWriter(new FileHistory(history)));
  }

  @Override
  public void remember(String note, MemoryFiles.Target target) {
    if (launch.readOnly()) {
      throw new UserError(
          "This session only reads (--read-only), so nothing was added to " + target.file() + ".",
          "");
    }
    memoryFiles().add(target, note);
  }

  @Override
  public String set(String key, String value, Source target) {
    return open.run().live().edit(editor -> editor.set(key, value, target)).note().orElse("");
  }

  @Override
  public Settings settings() {
    return SettingsLoader.load(sources);
  }

  @Override
  public Optional<Compaction> compact(String focus, Cancellation cancellation)
      throws InterruptedException {
    ModelInfo asked = model;
    ModelService service = open.models().service(asked);
    try {
      return new SummaryCompaction(
              open.client(),
              asked,
              session().parts().ledger(),
              open.models().assembler(asked, service, effort),
              open.briefing()::reminder,
              focus)
          .compact(
              session().conversation(), Budget.of(asked, service.outputTokens()), cancellation);
    } catch (ModelException e) {
      throw new UserError(
          "The conversation can't be summarised: " + e.getMessage(), "Try again later.");
    }
  }

  @Override
  public SideQuestion.Answer aside(String question, Cancellation cancellation)
      throws InterruptedException {
    AgentSession.Parts parts = session().parts();
    return switch (parts.hooks().beforeAside(question, cancellation)) {
      case SessionHooks.Answer.Reject(String reason) ->
          throw new UserError("A hook keeps the question from being sent: " + reason, "");
      case SessionHooks.Answer.Send(List<ContentBlock> inFront, List<ContentBlock> behind) -> {
        List<ContentBlock> more = new ArrayList<>(inFront);
        more.addAll(behind);
        try {
          yield new SideQuestion(parts.loop().parts())
              .ask(session().soFar(), question, more, cancellation);
        } catch (ModelException e) {
          cancellation.check();
          throw new UserError(
              "The side question was not answered: " + e.getMessage(), "Ask it again later.");
        }
      }
    };
  }

  @Override
  public Workplace workplace() {
    return workplace;
  }

  @Override
  public List<RewindPoint> points() {
    return open.files().points().in(session().conversation());
  }

  @Override
  public RewindPoint.Changes changes(RewindPoint point) {
    return open.files().points().changes(point);
  }

  @Override
  public List<String> rewind(RewindPoint point, RewindPoint.Scope scope) {
    List<String> done = new ArrayList<>();
    if (scope != RewindPoint.Scope.CONVERSATION) {
      done.addAll(rewindFiles(point));
    }
    if (scope != RewindPoint.Scope.FILES) {
      Conversation now = session().conversation();
      open.files().points().conversation(point);
      session().goOnFrom(new Conversation(now.messages().subList(0, point.messages())));
    }
    return done;
  }

  private List<String> rewindFiles(RewindPoint point) {
    Optional<FileHistory.Rewound> rewound = open.files().points().files(point);
    if (rewound.isEmpty()) {
      return List.of("No files were changed since.");
    }
    List<String> done = new ArrayList<>();
    rewound.get().restored().forEach(path -> done.add("Restored " + path + "."));
    rewound.get().removed().forEach(path -> done.add("Removed " + path + "."));
    done.addAll(rewound.get().skipped());
    return done;
  }

  @Override
  public void close() {
    session().close();
  }

  @Override
  public void close(String reason) {
    session().close(reason);
  }
}
