package dev.agent.cli;

import dev.agent.hook.CommandRunner;
import dev.agent.hook.Handler;
import dev.agent.hook.HookListener;
import dev.agent.hook.HookPlace;
import dev.agent.hook.HookResult;
import dev.agent.hook.HookSettings;
import dev.agent.hook.Hooks;
import dev.agent.hook.HttpRunner;
import dev.agent.hook.PromptRunner;
import dev.agent.hook.Runners;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.Gate;
import dev.agent.mode.EventHub;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelClient;
import dev.agent.net.AddressGuard;
import dev.agent.net.HttpClients;
import dev.agent.permission.Mode;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.RuleCondition;
import dev.agent.process.BackgroundShells;
import dev.agent.process.Processes;
import dev.agent.runtime.Ids;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import dev.agent.text.Ansi;
import dev.agent.tool.Tool;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts the hooks of a session together. Loaded only where hooks are configured. */
final class HookWiring {
  private HookWiring() {}

  /** How hooks ask models. */
  record Asking(
      ModelClient client,
      Catalog catalog,
      Ledger ledger,
      Supplier<Optional<BigDecimal>> budget,
      Supplier<List<Tool>> readers,
      Gate readerGate,
      Ids ids) {}

  /**
   * A session that hooks belong to.
   *
   * @param title names the session
   */
  record Session(
      HookPlace place,
      Mode mode,
      OwnFiles files,
      SessionHooking.Beginning beginning,
      BackgroundShells background,
      Consumer<String> title) {}

  /** Reads the settings; what is wrong with them goes to the notices. */
  static HookSettings read(Settings settings, Places places, Path root, List<String> notices) {
    HookSettings read = HookSettings.of(settings);
    read.problems().forEach(problem -> notices.add("hooks: " + problem));
    RuleCondition rules = new RuleCondition(places.home(), root);
    for (Handler handler : read.handlers()) {
      handler
          .condition()
          .flatMap(rule -> rules.fault(rule))
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
  static Runners runners(
      Settings settings, Processes processes, HttpClients clients, Supplier<Asking> asking) {
    AddressGuard guard =
        new AddressGuard(
            host ->
                settings.texts("httpHooks.allowPrivate").stream()
                    .anyMatch(entry -> entry.getKey().equalsIgnoreCase(host)));
    return new Runners(
        new CommandRunner(processes),
        new HttpRunner(clients, guard, processes.environment()),
        (action, run) -> {
          Asking ask = asking.get();
          return new PromptRunner(ask.client(), ask.catalog(), ask.ledger(), ask.budget())
              .run(action, run);
        },
        (action, run) -> {
          Asking ask = asking.get();
          return new HookAgent(
                  ask.client(),
                  ask.catalog(),
                  ask.ledger(),
                  ask.budget(),
                  ask.readers(),
                  ask.readerGate(),
                  ask.ids())
              .run(action, run);
        });
  }

  /** Where the hooks reach into the session. */
  static HookSeams seams(
      HookSettings read,
      Runners runners,
      Session session,
      Places places,
      Path root,
      EventHub events) {
    HookMail mail = new HookMail();
    HookListener listener = new Notices(events, mail);
    Hooks hooks = new Hooks(read.handlers(), runners, session.place(), listener);
    BiPredicate<String, PermissionRequest> conditions =
        HookFields.conditions(new RuleCondition(places.home(), root));
    Supplier<Path> cwd = session.place().cwd();
    SessionHooking turns =
        new SessionHooking(
            hooks,
            mail,
            listener,
            session.beginning(),
            cwd,
            () -> running(session.background()),
            session.title());
    events.listen(turns::hear);
    return new HookSeams(
        new CallHooking(hooks, mail, conditions, cwd, session.mode(), session.files()),
        turns,
        next -> new HookAsker(hooks, conditions, listener, root, next),
        List.of(turns),
        turns);
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
