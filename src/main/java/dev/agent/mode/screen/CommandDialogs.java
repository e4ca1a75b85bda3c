package dev.agent.mode.screen;

import dev.agent.command.CommandContext;
import dev.agent.command.CommandResult;
import dev.agent.command.Panel;
import dev.agent.command.Place;
import dev.agent.command.Screen;
import dev.agent.command.SessionFacts;
import dev.agent.context.OutputStyle;
import dev.agent.context.OutputStyles;
import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.RewindPoint;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Mode;
import dev.agent.runtime.UserError;
import dev.agent.session.SessionInfo;
import dev.agent.settings.Settings;
import dev.agent.tui.dialog.Body;
import dev.agent.tui.dialog.Dialog;
import dev.agent.tui.dialog.Help;
import dev.agent.tui.dialog.Pick;
import dev.agent.tui.dialog.PickLists;
import dev.agent.tui.dialog.Rewind;
import dev.agent.tui.dialog.RewindDialog;
import dev.agent.tui.input.Keymap;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The dialogs that slash commands and keys open, and what their answers do. */
final class CommandDialogs {
  /** Prompts whose changes are counted; older ones only say whether files were changed. */
  private static final int COUNTED = 50;

  private final Controller controller;
  private final ScreenOptions screen;
  private final Desk desk;
  private final Aside aside;
  private final SessionPreviews previews;
  private final Consumer<Path> edit;
  private final Keymap keymap;

  /**
   * @param edit opens a file in the person's editor
   */
  CommandDialogs(
      Controller controller,
      ScreenOptions screen,
      Desk desk,
      Aside aside,
      SessionPreviews previews,
      Consumer<Path> edit,
      Keymap keymap) {
    this.controller = controller;
    this.screen = screen;
    this.desk = desk;
    this.aside = aside;
    this.previews = previews;
    this.edit = edit;
    this.keymap = keymap;
  }

  /** Shows something to look at. */
  void panel(Panel panel) {
    desk.open(reading(panel.title(), (w, t) -> PanelBody.of(panel, desk.appearance()).rows(w, t)));
  }

  /** Shows the keys. */
  void help() {
    desk.open(reading("Help", Help.of(keymap)));
  }

  private static Dialog<Runnable> reading(String title, Body body) {
    return new ActionDialog<>(new dev.agent.tui.dialog.Panel(title, "", body), _ -> () -> {});
  }

  /** Offers the pieces of code of an answer that was copied. */
  void code(List<CommandResult.Code> code) {
    desk.open(
        picking(
            PickLists.code(
                code.stream()
                    .map(it -> new PickLists.CodeBlock(it.language(), it.text()))
                    .toList()),
            (PickLists.CodeBlock it) -> desk.flash(screen.copy(it.text()))));
  }

  /** Opens the dialog of a command; what there is to look at instead before a session is open. */
  void open(CommandResult.Dialog wanted, Panel instead, Instant now) {
    Optional<CommandContext> context = controller.commandContext(screen);
    Optional<OpenSession> session = controller.session();
    if (context.isEmpty() || session.isEmpty()) {
      panel(instead);
      return;
    }
    SessionFacts facts = context.get().session();
    switch (wanted) {
      case MODEL ->
          desk.open(
              picking(
                  PickLists.models(
                      facts.catalog().ids().stream().map(facts.catalog()::resolve).toList(),
                      facts.model().id()),
                  (ModelInfo model) -> controller.setModel(model.id())));
      case MODE ->
          desk.open(
              picking(
                  PickLists.modes(session.get().mode().selectable(), facts.mode()),
                  (Mode mode) -> controller.setMode(mode)));
      case THEME ->
          desk.open(
              new ActionDialog<>(
                  PickLists.themes(
                      screen.values(Screen.Option.THEME),
                      screen.value(Screen.Option.THEME),
                      ThemeSample.of(desk::appearance)),
                  themed(screen.value(Screen.Option.THEME))));
      case REWIND -> rewind(now);
      case MEMORY -> desk.open(memory(session.get()));
      case HELP -> help();
      case RESUME -> resume(context.get(), now);
      case SETTINGS -> new SettingsChanges(session.get(), aside, screen::follow).open(desk::open);
      case PERMISSIONS ->
          new PermissionRules(session.get(), facts::denials, aside).open(desk::open);
      case HOOKS -> panel(instead);
      case OUTPUT_STYLE -> outputStyle(context.get().place());
    }
  }

  private void outputStyle(Place place) {
    Settings settings = place.settings().get();
    aside.run(
        () ->
            OutputStyles.load(
                place.places(), place.projectRoot(), place.workspace().start(), settings.trusted()),
        styles ->
            desk.open(
                picking(
                    PickLists.outputStyles(styles.styles(), styles.chosen(settings)),
                    (OutputStyle it) -> controller.command("/output-style " + it.name(), screen))));
  }

  /** The other sessions of this directory. */
  private void resume(CommandContext context, Instant now) {
    Path start = context.place().workspace().start();
    String own = context.session().id();
    aside.run(
        () ->
            context.place().sessions().list(start).stream()
                .filter(it -> !it.id().equals(own) && it.turns() != 0)
                .toList(),
        (List<SessionInfo> others) ->
            desk.open(
                picking(
                    PickLists.sessions(others, start, now, previews::of),
                    (SessionInfo it) -> controller.resume(it.file().toString()))));
  }

  private Function<Pick<String>, Runnable> themed(String before) {
    return pick ->
        switch (pick) {
          case Pick.Chosen<String>(String name) -> () -> chooseTheme(name);
          case Pick.Looked<String>(String name) -> () -> screen.change(Screen.Option.THEME, name);
          case Pick.Left<String> _ -> () -> screen.change(Screen.Option.THEME, before);
        };
  }

  private void told(String note) {
    if (!note.isEmpty()) {
      desk.flash(note);
    }
  }

  private void chooseTheme(String name) {
    screen.change(Screen.Option.THEME, name);
    try {
      controller.session().ifPresent(it -> told(it.set("theme", name)));
    } catch (UserError e) {
      desk.flash(String.valueOf(e.getMessage()));
    }
  }

  /** A prompt with what was done since. */
  private record Counted(RewindPoint point, Optional<RewindPoint.Changes> changes) {}

  /** Shows the prompts to go back to. */
  void rewind(Instant now) {
    Optional<OpenSession> session = controller.session();
    if (session.isEmpty()) {
      return;
    }
    List<RewindPoint> known = controller.points().reversed();
    aside.run(
        () -> {
          List<Counted> counted = new ArrayList<>();
          for (RewindPoint point : known) {
            counted.add(
                new Counted(
                    point,
                    !point.changedFiles()
                        ? Optional.of(RewindPoint.Changes.NONE)
                        : counted.size() < COUNTED
                            ? Optional.of(session.get().changes(point))
                            : Optional.empty()));
          }
          return counted;
        },
        counted -> desk.open(rewind(counted, now)));
  }

  private Dialog<Runnable> rewind(List<Counted> counted, Instant now) {
    List<Rewind.Point> points =
        counted.stream()
            .map(
                it ->
                    new Rewind.Point(
                        Integer.toString(it.point().number()),
                        it.point().text(),
                        Optional.of(it.point().time()),
                        it.changes().map(RewindPoint.Changes::files).orElse(-1),
                        it.changes().map(RewindPoint.Changes::added).orElse(0),
                        it.changes().map(RewindPoint.Changes::removed).orElse(0)))
            .toList();
    return new ActionDialog<>(
        new RewindDialog(points, now),
        answer ->
            switch (answer) {
              case Rewind.To(Rewind.Point to, Rewind.What what) ->
                  () ->
                      counted.stream()
                          .map(Counted::point)
                          .filter(it -> Integer.toString(it.number()).equals(to.id()))
                          .findFirst()
                          .ifPresent(it -> controller.rewind(it, scope(what)));
              case Rewind.Left _ -> () -> {};
            });
  }

  private static RewindPoint.Scope scope(Rewind.What what) {
    return switch (what) {
      case CONVERSATION -> RewindPoint.Scope.CONVERSATION;
      case FILES -> RewindPoint.Scope.FILES;
      case BOTH -> RewindPoint.Scope.BOTH;
    };
  }

  private Dialog<Runnable> memory(OpenSession session) {
    List<PickLists.MemoryFile> files =
        controller.memory().stream()
            .map(
                it -> new PickLists.MemoryFile(it.file(), it.scope().shown(), it.exists() ? -1 : 0))
            .toList();
    return picking(
        PickLists.memory(files, session.cwd()),
        (PickLists.MemoryFile file) -> edit.accept(file.file()));
  }

  private static <T> Dialog<Runnable> picking(Dialog<Pick<T>> list, Consumer<T> chosen) {
    return new ActionDialog<>(
        list,
        pick ->
            switch (pick) {
              case Pick.Chosen<T>(T value) -> () -> chosen.accept(value);
              case Pick.Looked<T> _, Pick.Left<T> _ -> () -> {};
            });
  }
}
