package dev.agent.cli;

import dev.agent.context.Instructions;
import dev.agent.context.Instructions.InstructionFile;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.AgentLoop;
import dev.agent.loop.Limits;
import dev.agent.loop.LoopParts;
import dev.agent.loop.Recorder;
import dev.agent.loop.Recoveries;
import dev.agent.loop.StopCheck;
import dev.agent.loop.ToolRunner;
import dev.agent.message.Message;
import dev.agent.mode.AgentSession;
import dev.agent.mode.Interaction;
import dev.agent.mode.Launch;
import dev.agent.model.Ledger;
import dev.agent.model.ModelClient;
import dev.agent.permission.Classifier;
import dev.agent.permission.Layer;
import dev.agent.permission.Layers;
import dev.agent.permission.Mode;
import dev.agent.permission.ModeSwitch;
import dev.agent.permission.ModelClassifier;
import dev.agent.permission.Permissions;
import dev.agent.permission.ScopedPolicy;
import dev.agent.session.Entry;
import dev.agent.tool.ToolRegistry;
import dev.agent.tools.plan.StructuredOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a session together, from what it rests on ({@link RunBasis}) over what it works on ({@link
 * Workbench}) to the loop. One instance per session.
 */
final class Wiring {
  private static final Duration CLASSIFIER_LIMIT = Duration.ofSeconds(15);

  private final RunBasis run;
  private final Briefing briefing;
  private final boolean cleared;

  /**
   * @param cleared whether the session takes the place of one that the person put aside
   */
  private Wiring(RunBasis run, boolean cleared) {
    this.run = run;
    this.briefing = new Briefing(run);
    this.cleared = cleared;
  }

  /** A session that nobody sits in front of. */
  static AgentSession session(Launch launch) {
    return new Wiring(RunBasis.of(launch), false).open().session();
  }

  /**
   * A session with its parts, for a person who may change it while it goes on.
   *
   * @param cleared whether it takes the place of one that the person put aside
   */
  static Open open(Launch launch, Interaction person, boolean cleared) {
    return new Wiring(RunBasis.of(launch, person), cleared).open();
  }

  /** A session with what is needed to change it while it goes on. */
  record Open(
      RunBasis run,
      Briefing briefing,
      AgentSession session,
      SessionSetup.Opened files,
      Workbench bench,
      ModeSwitch mode,
      ToolRegistry tools,
      Permissions permissions,
      Rules rules,
      ScopedPolicy policy,
      ToolRunner runner,
      ModelClient client,
      ModelChoices models) {}

  private Open open() {
    ModelService service = new ModelService(run, run.model());
    service.preconnect();
    SessionSetup.Opened opened = run.setup().open(run.model());
    Optional<StructuredOutput> structured = StructuredAnswer.demanded(run.launch());
    ModeSwitch mode =
        new ModeSwitch(StartMode.of(run.settings(), run.environment(), run.world().userName()));
    Workbench bench = Workbench.of(run, opened);
    Rules rules = Rules.of(run);
    ToolRegistry tools = new ToolSet(run, bench).registry(mode.get(), rules.policy(), structured);

    Ledger ledger = new Ledger();
    ModelClient client = service.client(opened.record(Secrets.of(run.environment())));
    ScopedPolicy policy = new ScopedPolicy(rules::policy);
    List<Layer> layers =
        Layers.all(
            policy, bench.workspace(), bench.confinement(), classifier(mode.get(), client, ledger));
    LiveHooks liveHooks =
        new LiveHooks(
            faults ->
                hooks(
                    opened,
                    bench,
                    mode,
                    new HookWiring.Models(client, ledger, layers, bench.workspace()),
                    faults));
    run.notices().addAll(liveHooks.change(run.settings()));
    LiveStyle liveStyle = new LiveStyle(briefing, run.settings());
    Reload reload = reload(rules, bench, liveHooks, liveStyle);
    HookSeams hooks = liveHooks.seams(reload);
    Permissions permissions =
        new Permissions(
            layers,
            hooks.asker().apply(run.person().asker()),
            rules::grant,
            audit -> opened.log().append(Rules.entry(audit)));

    listen(opened, bench, ledger);
    ToolRunner runner =
        new ToolRunner(
            tools,
            new PermissionGate(permissions, mode, bench.workspace()::cwd),
            hooks.calls(),
            opened.files()::keep,
            run.events(),
            run.world().ids(),
            this::bug);
    ModelChoices models = new ModelChoices(run, briefing, tools);
    Instructions instructions = briefing.instructions();
    LoopParts parts =
        new LoopParts(
            client,
            run.catalog(),
            run.model(),
            service.outputTokens(),
            models.assembler(run.model(), service, service.effort()),
            runner,
            ledger,
            new Limits(run.launch().maxTurns(), run.launch().maxBudget(), run.person().present()),
            Recoveries.all(),
            stopChecks(structured, hooks),
            new Between(instructions, tools, structured, hooks.steps(), reload, run.person()),
            run.events());
    AgentLoop loop = new AgentLoop(parts);
    liveStyle.follow(loop);
    String reminder = atStart(instructions, hooks);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(bench)));
    Housekeeping housekeeping = new Housekeeping(run);
    run.events().listen(housekeeping.afterTheFirstBlock(tools.find("Bash").isPresent()));
    AgentSession session =
        new AgentSession(
            new AgentSession.Parts(
                run.setup().id(),
                run.model(),
                mode.get(),
                tools,
                loop,
                run.events(),
                ledger,
                opened.conversation(),
                reminder,
                message -> checkpoint(opened.points(), message),
                hooks.session(),
                structured,
                run.notices(),
                service.keySource(),
                () -> {
                  end(bench);
                  opened.close();
                  housekeeping.close();
                }));
    return new Open(
        run,
        briefing,
        session,
        opened,
        bench,
        mode,
        tools,
        permissions,
        rules,
        policy,
        runner,
        client,
        models);
  }

  /** Only auto mode has somebody who judges what is left; it hears what the person writes. */
  private Classifier classifier(Mode mode, ModelClient client, Ledger ledger) {
    if (mode != Mode.AUTO) {
      return Classifier.NONE;
    }
    LatestPrompts prompts = new LatestPrompts();
    run.events().listen(prompts);
    return new ModelClassifier(client, run.catalog(), ledger, prompts::texts, CLASSIFIER_LIMIT);
  }

  /** Called with the first hooks that count: without any, not a class of theirs is loaded. */
  private HookSeams hooks(
      SessionSetup.Opened opened,
      Workbench bench,
      ModeSwitch mode,
      HookWiring.Models models,
      List<String> faults) {
    if (run.launch().readOnly()) {
      faults.add("Hooks don't run in a session that only reads: they could write.");
      return HookSeams.silent();
    }
    String source = cleared ? "clear" : run.setup().source();
    return new HookWiring(run)
        .seams(new HookWiring.Session(opened, bench, mode, source), models, faults);
  }

  /** What follows the settings while the session goes on. */
  private Reload reload(Rules rules, Workbench bench, LiveHooks hooks, LiveStyle style) {
    Reload reload =
        new Reload(
            run.live(),
            run.events(),
            List.of(
                rules::change,
                now -> {
                  run.processes().inherit(now.variables(run.world().environment()));
                  return List.of();
                },
                Fences.following(run, bench),
                hooks::change,
                style));
    run.events().listen(reload);
    return reload;
  }

  /**
   * The session's record hears everything; what the model has seen of files is kept at each end.
   */
  private void listen(SessionSetup.Opened opened, Workbench bench, Ledger ledger) {
    run.events()
        .listen(
            event -> {
              if (event instanceof AgentEvent.TurnFinished) {
                opened.log().append(new Entry.ReadStateSnapshot(bench.readState().export()));
              }
            });
    run.events().listen(new Recorder(opened.log(), ledger));
    run.events()
        .listen(
            event -> {
              if (event instanceof AgentEvent.Compacted compacted) {
                opened.points().forget(compacted.conversation());
              }
            });
  }

  private static List<StopCheck> stopChecks(
      Optional<StructuredOutput> structured, HookSeams hooks) {
    List<StopCheck> checks = new ArrayList<>();
    structured.map(StructuredAnswer::check).ifPresent(checks::add);
    checks.addAll(hooks.stopChecks());
    return checks;
  }

  /** Reads the instructions that count from the beginning; what the model is told of them. */
  private String atStart(Instructions instructions, HookSeams hooks) {
    List<InstructionFile> files = instructions.atStart();
    hooks.steps().loaded(files, "session_start");
    String reminder = Briefing.reminder(files);
    instructions.problems().forEach(problem -> run.notices().add("instructions: " + problem));
    return reminder;
  }

  private void end(Workbench bench) {
    run.processes().killAll();
    bench.confinement().close();
  }

  private void checkpoint(RewindPoints points, Message message) {
    try {
      points.begin(message);
    } catch (IOException e) {
      run.notices().add("File history: " + e.getMessage());
    }
  }

  /**
   * A fault of ours: the stack trace goes to the log when there is one, else nowhere; the id is in
   * the result.
   */
  private void bug(String id, Throwable cause) {
    if (run.launch().debug()) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      AgentCommand.write(run.world().err(), "bug " + id + ": " + trace);
    }
  }
}
