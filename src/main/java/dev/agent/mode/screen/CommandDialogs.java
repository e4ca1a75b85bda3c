package dev.agent.mode.screen;

import dev.agent.command.CommandContext;
import dev.agent.command.CommandResult;
import dev.agent.command.Panel;
import dev.agent.command.Screen;
import dev.agent.command.SessionFacts;
import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Mode;
import dev.agent.runtime.UserError;
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
  private final Controller controller;
  private final Screen screen;
  private final Function<Panel, Body> panels;
  private final Consumer<Path> edit;
  private final Consumer<String> flash;
  private final Keymap keymap;

  /**
   * @param panels draws something to look at
   * @param edit opens a file in the person's editor
   * @param flash says something for a moment
   */
  CommandDialogs(
      Controller controller,
      Screen screen,
      Function<Panel, Body> panels,
      Consumer<Path> edit,
      Consumer<String> flash,
      Keymap keymap) {
    this.controller = controller;
    this.screen = screen;
    this.panels = panels;
    this.edit = edit;
    this.flash = flash;
    this.keymap = keymap;
  }

  /** Something to look at. */
  Dialog<Runnable> panel(Panel panel) {
    return reading(panel.title(), panels.apply(panel));
  }

  /** The keys. */
  Dialog<Runnable> help() {
    return reading("Help", Help.of(keymap));
  }

  private static Dialog<Runnable> reading(String title, Body body) {
    return new ActionDialog<>(new dev.agent.tui.dialog.Panel(title, "", body), _ -> () -> {});
  }

  /** The dialog of a command; what there is to look at instead, where it has none here. */
  Dialog<Runnable> of(CommandResult.Dialog wanted, Panel instead, Instant now) {
    Optional<CommandContext> context = controller.commandContext(screen);
    Optional<OpenSession> session = controller.session();
    if (context.isEmpty() || session.isEmpty()) {
      return panel(instead);
    }
    SessionFacts facts = context.get().session();
    return switch (wanted) {
      case MODEL ->
          picking(
              PickLists.models(
                  facts.catalog().ids().stream().map(facts.catalog()::resolve).toList(),
                  facts.model().id()),
              (ModelInfo model) -> controller.setModel(model.id()));
      case MODE ->
          picking(
              PickLists.modes(session.get().mode().selectable(), facts.mode()),
              (Mode mode) -> controller.setMode(mode));
      case THEME ->
          new ActionDialog<>(
              PickLists.themes(
                  screen.values(Screen.Option.THEME),
                  screen.value(Screen.Option.THEME),
                  Body.EMPTY),
              themed(screen.value(Screen.Option.THEME)));
      case REWIND -> rewind(now);
      case MEMORY -> memory(session.get());
      case HELP -> help();
      case RESUME, SETTINGS, PERMISSIONS, HOOKS -> panel(instead);
    };
  }

  private Function<Pick<String>, Runnable> themed(String before) {
    return pick ->
        switch (pick) {
          case Pick.Chosen<String>(String name) -> () -> chooseTheme(name);
          case Pick.Amended<String>(String name) -> () -> chooseTheme(name);
          case Pick.Looked<String>(String name) -> () -> screen.change(Screen.Option.THEME, name);
          case Pick.Left<String> _ -> () -> screen.change(Screen.Option.THEME, before);
        };
  }

  private void chooseTheme(String name) {
    screen.change(Screen.Option.THEME, name);
    try {
      controller.session().ifPresent(it -> flash.accept(it.set("theme", name)));
    } catch (UserError e) {
      flash.accept(e.getMessage());
    }
  }

  /** Prompts to go back to before. */
  Dialog<Runnable> rewind(Instant now) {
    List<Rewind.Point> points = new ArrayList<>();
    List<dev.agent.mode.interactive.RewindPoint> known = controller.points();
    for (dev.agent.mode.interactive.RewindPoint point : known.reversed()) {
      points.add(
          new Rewind.Point(
              Integer.toString(point.number()),
              point.text(),
              Optional.empty(),
              point.changedFiles() ? -1 : 0,
              0,
              0));
    }
    return new ActionDialog<>(
        new RewindDialog(points, now),
        answer ->
            switch (answer) {
              case Rewind.To(Rewind.Point to, Rewind.What what) ->
                  () ->
                      known.stream()
                          .filter(it -> Integer.toString(it.number()).equals(to.id()))
                          .findFirst()
                          .ifPresent(it -> controller.rewind(it, scope(what)));
              case Rewind.Left _ -> () -> {};
            });
  }

  private static dev.agent.mode.interactive.RewindPoint.Scope scope(Rewind.What what) {
    return switch (what) {
      case CONVERSATION -> dev.agent.mode.interactive.RewindPoint.Scope.CONVERSATION;
      case FILES -> dev.agent.mode.interactive.RewindPoint.Scope.FILES;
      case BOTH -> dev.agent.mode.interactive.RewindPoint.Scope.BOTH;
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
              case Pick.Amended<T>(T value) -> () -> chosen.accept(value);
              case Pick.Looked<T> _, Pick.Left<T> _ -> () -> {};
            });
  }
}
