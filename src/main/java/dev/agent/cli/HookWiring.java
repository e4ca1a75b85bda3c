package dev.agent.cli;

import dev.agent.hook.CommandRunner;
import dev.agent.hook.Handler;
import dev.agent.hook.HookAnswer;
import dev.agent.hook.HookEvent;
import dev.agent.hook.HookListener;
import dev.agent.hook.HookPlace;
import dev.agent.hook.HookResult;
import dev.agent.hook.HookSettings;
import dev.agent.hook.Hooks;
import dev.agent.hook.HttpRunner;
import dev.agent.hook.PromptRunner;
import dev.agent.hook.Runners;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.mode.EventHub;
import dev.agent.model.Ledger;
import dev.agent.model.ModelClient;
import dev.agent.net.AddressGuard;
import dev.agent.permission.Asker;
import dev.agent.permission.Layer;
import dev.agent.permission.Layers;
import dev.agent.permission.Mode;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Permissions;
import dev.agent.permission.RuleCondition;
import dev.agent.process.BackgroundShells;
import dev.agent.session.Entry;
import dev.agent.settings.Settings;
import dev.agent.text.Ansi;
import dev.agent.tools.file.FileAccess;
import dev.agent.tools.file.Read;
import dev.agent.tools.search.Glob;
import dev.agent.tools.search.Grep;
import dev.agent.tools.search.SearchPlace;
import dev.agent.workspace.FileHistory;
import dev.agent.workspace.FileWriter;
import dev.agent.workspace.ReadState;
import dev.agent.workspace.Workspace;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/** Puts hooks together. Loaded only where hooks are configured, or looked at. */
record HookWiring(RunBasis run) {

  /** What hooks ask models with. */
  record Models(ModelClient client, Ledger ledger, List<Layer> layers, Workspace workspace) {}

  /** Reads the settings as they are now; what is wrong with them goes to the notices. */
  private HookSettings read(List<String> notices) {
    HookSettings read = HookSettings.of(run.live().current());
    read.problems().forEach(problem -> notices.add("hooks: " + problem));
    RuleCondition rules = new RuleCondition(run.places().home(), run.root());
    for (Handler handler : read.handlers()) {
      handler
          .condition()
          .flatMap(rules::fault)
          .ifPresent(
              fault ->
                  notices.add(
                      "hooks: \"if\" of ["
                          + handler.shown()
                          + "] in "
                          + handler.source()
                          + " is no rule: "
                          + fault
                          + ". The hook runs for every call until that is corrected."));
    }
    return read;
  }

  /** Who runs hooks. Models are asked for only when a hook needs one. */
  private Runners runners(Supplier<Models> models) {
    AddressGuard guard =
        new AddressGuard(
            host ->
                run.live().current().texts("httpHooks.allowPrivate").stream()
                    .anyMatch(entry -> entry.getKey().equalsIgnoreCase(host)));
    return new Runners(
        new CommandRunner(run.processes()),
        new HttpRunner(run.clients(), guard, run.processes()::environment),
        (action, firing) -> {
          Models with = models.get();
          return new PromptRunner(with.client(), run.catalog(), with.ledger(), () -> left(with))
              .run(action, firing);
        },
        (action, firing) -> agent(models.get()).run(action, firing));
  }

  private Optional<BigDecimal> left(Models with) {
    return run.launch().maxBudget().map(budget -> budget.subtract(with.ledger().cost()));
  }

  /** It reads and searches, and asks nobody. What it reads, the session's model has not seen. */
  private HookAgent agent(Models with) {
    Workspace workspace = with.workspace();
    SearchPlace search =
        new SearchPlace(workspace, run.settings().flag("respectGitignore", true), List.of());
    FileAccess files =
        new FileAccess(
            workspace,
            new ReadState(),
            new FileWriter(new FileHistory(workspace.start())),
            FileAccess.AfterWrite.NOTHING);
    Permissions permissions = new Permissions(with.layers(), Asker.NOBODY, _ -> {}, _ -> {});
    return new HookAgent(
        with.client(),
        run.catalog(),
        with.ledger(),
        () -> left(with),
        List.of(new Read(files), new Glob(search), new Grep(search, Optional.empty())),
        new PermissionGate(permissions, () -> Mode.DONT_ASK, workspace::cwd),
        run.world().ids());
  }

  /**
   * A session that hooks belong to.
   *
   * @param source how it begins: startup, resume, fork or clear
   */
  record Session(SessionSetup.Opened opened, Workbench bench, Supplier<Mode> mode, String source) {}

  /**
   * Where the hooks reach into a session.
   *
   * @param notices told what is wrong with their settings
   */
  HookSeams seams(Session session, Models models, List<String> notices) {
    HookSettings read = read(notices);
    SessionSetup.Opened opened = session.opened();
    Workbench bench = session.bench();
    Supplier<Mode> mode = session.mode();
    Supplier<Path> cwd = bench.workspace()::cwd;
    Path exports = opened.files().directory().resolve("hook-exports.sh");
    HookMail mail = new HookMail();
    HookListener listener = new Notices(run.events(), mail);
    Hooks hooks =
        new Hooks(
            read.handlers(),
            runners(() -> models),
            new HookPlace(
                run.setup().id(),
                run.setup().journal(),
                run.root(),
                cwd,
                () -> mode.get().wire(),
                exports,
                opened.files()::keep),
            listener);
    BiPredicate<String, PermissionRequest> conditions = conditions();
    SessionHooking turns =
        new SessionHooking(
            hooks,
            mail,
            listener,
            new SessionHooking.Beginning(session.source(), run.model().id()),
            cwd,
            () -> running(bench.background()),
            title -> opened.log().append(new Entry.Title(title)),
            new HookExports(run.processes(), exports, run.root(), listener));
    run.events().listen(turns::hear);
    OwnFiles own = new OwnFiles(bench.readState(), new FileWriter(bench.history()));
    return new HookSeams(
        new CallHooking(hooks, mail, conditions, cwd, mode, own),
        turns,
        next -> new HookAsker(hooks, conditions, listener, run.root(), next),
        List.of(turns),
        turns,
        changing(hooks, notices));
  }

  /**
   * Lets the hooks of other settings count.
   *
   * @param before what was wrong with those at the start
   */
  private Function<Settings, List<String>> changing(Hooks hooks, List<String> before) {
    Set<String> said = new HashSet<>(before);
    return _ -> {
      List<String> faults = new ArrayList<>();
      hooks.use(read(faults).handlers());
      faults.removeIf(fault -> !said.add(fault));
      return faults;
    };
  }

  /** The hooks, to be looked at outside of a session. */
  HookCheck check() {
    Workspace workspace = run.directories().workspace(run.world()::cwd);
    Rules rules = Rules.of(run);
    return new HookCheck(
        read(run.notices()),
        runners(
            () ->
                new Models(
                    new ModelService(run, run.model()).client(Optional.empty()),
                    new Ledger(),
                    Layers.all(rules::policy, workspace),
                    workspace)),
        conditions(),
        run.setup().id(),
        run.root(),
        run.world().cwd(),
        List.copyOf(run.notices()));
  }

  /** Whether permission rules touch calls. */
  private BiPredicate<String, PermissionRequest> conditions() {
    return HookFields.conditions(new RuleCondition(run.places().home(), run.root()));
  }

  private static List<String> running(BackgroundShells shells) {
    return shells.ids().stream()
        .filter(id -> shells.find(id).filter(shell -> shell.process().isAlive()).isPresent())
        .toList();
  }

  /** Tells the person through events, and the model through the mail. */
  private record Notices(EventHub events, HookMail mail) implements HookListener {
    @Override
    public void failed(String sentence) {
      tell(AgentEvent.Level.WARNING, sentence);
    }

    @Override
    public void says(String text) {
      tell(AgentEvent.Level.WARNING, text);
    }

    @Override
    public void printed(String hook, String text) {
      tell(AgentEvent.Level.INFO, hook + ": " + text);
    }

    @Override
    public void started(String id, String label, HookEvent event) {
      events.accept(new AgentEvent.HookStarted(new AgentEvent.HookId(id, label, event.wire())));
    }

    @Override
    public void ended(String id, String label, HookEvent event, HookAnswer answer) {
      AgentEvent.HookId hook = new AgentEvent.HookId(id, label, event.wire());
      OptionalInt none = OptionalInt.empty();
      events.accept(
          switch (answer) {
            case HookAnswer.Exited(int code, String out, String err) ->
                ended(hook, out, err, OptionalInt.of(code), code == 0);
            case HookAnswer.Stopped(String why, String out) -> ended(hook, out, why, none, false);
            case HookAnswer.Replied(String body) -> ended(hook, body, "", none, true);
            case HookAnswer.Judged(boolean ok, String reason) ->
                ended(
                    hook,
                    Json.write(Json.object().put("ok", ok).put("reason", reason)),
                    "",
                    none,
                    true);
            case HookAnswer.Failure(String why) -> ended(hook, "", why, none, false);
            case HookAnswer.Cancelled() ->
                new AgentEvent.HookEnded(hook, "", "", none, AgentEvent.HookEnd.CANCELLED);
          });
    }

    private static AgentEvent ended(
        AgentEvent.HookId hook, String out, String err, OptionalInt code, boolean well) {
      return new AgentEvent.HookEnded(
          hook, out, err, code, well ? AgentEvent.HookEnd.SUCCESS : AgentEvent.HookEnd.ERROR);
    }

    private void tell(AgentEvent.Level level, String text) {
      events.accept(new AgentEvent.Notice(level, Ansi.strip(text)));
    }

    @Override
    public void late(HookResult result, boolean wakes) {
      result.context().forEach(mail::later);
      result
          .blocked()
          .ifPresent(
              reason -> {
                if (wakes) {
                  mail.wake(reason);
                } else {
                  mail.later(reason);
                }
              });
    }
  }
}
