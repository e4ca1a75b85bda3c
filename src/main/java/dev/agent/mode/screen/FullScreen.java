package dev.agent.mode.screen;

import dev.agent.command.CommandResult;
import dev.agent.command.Panel;
import dev.agent.command.Screen;
import dev.agent.context.ContextUse;
import dev.agent.loop.AgentEvent;
import dev.agent.message.Usage;
import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.Question;
import dev.agent.mode.interactive.Surface;
import dev.agent.runtime.UserError;
import dev.agent.session.SpillFiles;
import dev.agent.tool.ToolException;
import dev.agent.tools.file.InlinePicture;
import dev.agent.tui.FrameWriter;
import dev.agent.tui.UiLoop;
import dev.agent.tui.cell.Bytes;
import dev.agent.tui.cell.CellScreen;
import dev.agent.tui.cell.TerminalMode;
import dev.agent.tui.cell.TerminalPort;
import dev.agent.tui.edit.Composer;
import dev.agent.tui.edit.History;
import dev.agent.tui.input.InputDecoder;
import dev.agent.tui.input.InputEvent;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.theme.Themes;
import dev.agent.tui.view.Glyphs;
import dev.agent.tui.view.TranscriptView;
import dev.agent.workspace.GitHead;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The session on the whole terminal. One thread reads what the terminal sends, one writes frames,
 * and the one that {@link #run} is called on owns everything in between.
 */
public final class FullScreen implements Surface {
  private static final int HISTORY = 500;

  /** How long the terminal has to answer questions about itself, in nanoseconds. */
  private static final long ANSWERS = 1_000_000_000;

  private final Surface.Place place;
  private final Optional<TerminalPort> prepared;
  private final Map<String, String> environment;
  private final UiLoop loop = new UiLoop(System::nanoTime);
  private Optional<String> next = Optional.empty();
  private final Faults faults;
  private Optional<String> fault = Optional.empty();

  /**
   * @param terminal one that shows a first prompt already; empty = the standard streams' own
   */
  public FullScreen(Surface.Place place, Optional<TerminalPort> terminal) {
    this.place = place;
    this.prepared = terminal;
    var world = place.launch().world();
    this.environment = world.environment();
    this.faults = new Faults(SpillFiles.ofFaults(world.places().data()), world.ids()::next);
  }

  @Override
  public Optional<String> run(Controller controller) {
    TerminalPort terminal =
        prepared
            .filter(port -> !port.isEnded())
            .orElseGet(
                () ->
                    TerminalPort.of(
                        environment, place.launch().world().in(), place.launch().world().out()));
    Run run = new Run(controller, terminal);
    try (var _ = controller.listen(event -> loop.post(() -> run.happened(event)));
        var _ = place.life().onCancel(() -> loop.post(() -> run.end(Optional.empty())))) {
      run.start();
      loop.run(run);
    } catch (IOException e) {
      throw new UserError(
          "The terminal can't be used: " + e.getMessage() + ".", "Start agent with --plain.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      run.leave();
    }
    if (fault.isPresent()) {
      controller.exit();
      throw new UserError(
          "The screen failed again and again. " + fault.get(),
          "Nothing that was said is lost; go on without the screen: agent --plain"
              + controller
                  .session()
                  .filter(it -> it.launch().persist())
                  .filter(it -> !it.session().conversation().messages().isEmpty())
                  .map(it -> " --resume " + it.session().parts().id())
                  .orElse(""));
    }
    if (next.isEmpty()) {
      controller.exit();
    }
    return next;
  }

  /** One run: what {@link FullScreen#run} made for itself. UI thread only. */
  private final class Run implements UiLoop.Screen, Chores {
    private final Controller controller;
    private final TerminalPort terminal;
    private final FrameWriter writer;
    private final TerminalAnswers answers = new TerminalAnswers(environment);
    private final InputDecoder decoder;
    private final Keymap keymap;
    private final Services services;
    private final KeyReader keys;
    private final FileCompletions files;
    private final Announcements announcements;
    private final TerminalLoan loan;
    private final Aside aside;
    private final Header header;
    private final Desk desk;
    private final Hands hands;
    private final Pointer pointer;
    private final ScreenOptions options;
    private final CommandDialogs commands;
    private final QuestionDialogs questions;
    private final Themes themes;
    private final Bytes before = new Bytes();

    Run(Controller controller, TerminalPort terminal) {
      this.controller = controller;
      this.terminal = terminal;
      this.writer = new FrameWriter(terminal::write, loop::wake);
      boolean remote =
          environment.containsKey("SSH_CONNECTION") || environment.containsKey("SSH_TTY");
      this.decoder =
          new InputDecoder(
              remote ? InputDecoder.REMOTE_WAIT : InputDecoder.LOCAL_WAIT, this::input);
      this.services = new Services(place, controller);
      this.themes = services.personal().themes();
      this.keymap = services.personal().keymap();
      this.files = services.files(() -> loop.post(this::completes));
      this.keys =
          new KeyReader(
              terminal.input(),
              bytes -> loop.post(() -> decode(bytes)),
              () -> loop.post(() -> end(Optional.empty())));
      this.options =
          new ScreenOptions(
              place.settings(),
              themes,
              controller,
              option -> loop.post(() -> optionChanged(option)));
      var world = place.launch().world();
      Composer composer =
          new Composer(
              keymap,
              new History(() -> controller.history(HISTORY)),
              Completions.commands(() -> controller.commandContext(options)),
              files);
      CellScreen cells =
          new CellScreen(terminal.columns(), terminal.rows(), answers.capabilities());
      String home = environment.getOrDefault("HOME", "");
      this.header =
          new Header(
              world.version(), place.launch().model().orElse(""), Header.shown(world.cwd(), home));
      this.desk =
          new Desk(
              loop,
              world.time(),
              keymap,
              composer,
              new Facts(place.launch().model().orElse("")),
              cells,
              appearance(options),
              header,
              path -> Header.shown(world.cwd().relativize(world.cwd().resolve(path)), home),
              services.preferences().reduceMotion());
      this.hands = new Hands(desk, controller, keymap, this, loop, world.time());
      this.pointer =
          new Pointer(desk, hands, this, loop, world.time(), () -> options.mouse().equals("auto"));
      this.aside = new Aside(this::postAndDraw, desk::flash);
      SessionPreviews previews =
          new SessionPreviews(
              desk::appearance,
              path -> Header.shown(world.cwd().relativize(world.cwd().resolve(path)), home),
              aside);
      this.commands =
          new CommandDialogs(controller, options, desk, aside, previews, this::editFile, keymap);
      this.questions =
          new QuestionDialogs(
              controller::answer,
              controller::exit,
              diff -> desk.appearance().diff(diff),
              text -> desk.appearance().markdown(text),
              previews::of);
      this.announcements =
          new Announcements(services, controller, desk, loop, options::vim, this::send);
      this.loan =
          new TerminalLoan(terminal, keys, place.interrupts(), place.life(), this::paintedOver);
      options.clipboard(text -> copied(text, bytes -> loop.post(() -> send(bytes))));
      composer.vim(options.vim());
    }

    private void postAndDraw(Runnable task) {
      loop.post(
          () -> {
            task.run();
            loop.changed();
          });
    }

    private Appearance appearance(ScreenOptions of) {
      return Appearance.of(
          themes,
          of.theme(),
          answers.background(),
          answers.capabilities(),
          isUtf8() ? Glyphs.UNICODE : Glyphs.ASCII,
          services.preferences().diff(),
          place.launch().world().time());
    }

    /** Whether the terminal's own locale can show more than ASCII. */
    private boolean isUtf8() {
      for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
        String value = environment.getOrDefault(name, "");
        if (!value.isEmpty()) {
          String upper = value.toUpperCase(Locale.ROOT);
          return upper.contains("UTF-8") || upper.contains("UTF8");
        }
      }
      return false;
    }

    void start() throws IOException {
      terminal.prepare();
      desk.resized(terminal.columns(), terminal.rows());
      if (terminal.isStarted()) {
        desk.repaint();
      }
      Bytes first = new Bytes();
      first.add(desk.draw(System.nanoTime())).ascii(TerminalAnswers.QUESTIONS);
      List<TerminalMode> modes =
          new ArrayList<>(
              List.of(
                  TerminalMode.TITLE,
                  TerminalMode.ALTERNATE_SCREEN,
                  TerminalMode.KITTY_KEYS,
                  TerminalMode.COLOR_SCHEME,
                  TerminalMode.PASTE,
                  TerminalMode.FOCUS));
      modes.add(
          options.mouse().equals("off") ? TerminalMode.WHEEL_WITHOUT_KEYS : TerminalMode.MOUSE);
      if (terminal.isStarted()) {
        modes.forEach(this::enable);
        terminal.write(first);
      } else {
        terminal.start(modes, first);
      }
      terminal.connect(
          new TerminalPort.Listener() {
            @Override
            public void resized() {
              loop.post(Run.this::measured);
            }

            @Override
            public void resumed() {
              loop.post(
                  () -> {
                    measured();
                    desk.cleared();
                  });
            }
          });
      keys.start();
      desk.alarms().set(Alarms.Alarm.PROBES, System.nanoTime() + ANSWERS);
      controller
          .session()
          .ifPresent(
              session ->
                  happened(
                      new InteractiveEvent.SessionOpened(session, InteractiveEvent.Why.RESUMED)));
      controller.questions().forEach(this::ask);
      aside.run(
          () -> GitHead.of(place.launch().world().cwd()),
          branch -> branch.ifPresent(name -> desk.header(header.on(name))));
      controller.start();
    }

    private void measured() {
      terminal.measure();
      if (terminal.columns() != desk.cells().buffer().columns()
          || terminal.rows() != desk.cells().buffer().rows()) {
        desk.resized(terminal.columns(), terminal.rows());
      }
    }

    private void decode(byte[] bytes) {
      decoder.feed(bytes, System.nanoTime());
      awaitRest();
    }

    private void awaitRest() {
      long now = System.nanoTime();
      OptionalLong wait = decoder.timeout(now);
      if (wait.isPresent()) {
        desk.alarms().set(Alarms.Alarm.INPUT, now + wait.getAsLong());
      } else {
        desk.alarms().clear(Alarms.Alarm.INPUT);
      }
    }

    private void input(InputEvent event) {
      long now = System.nanoTime();
      loop.hurry();
      switch (event) {
        case InputEvent.Pressed(var key) -> hands.pressed(key, now);
        case InputEvent.Pasted paste -> hands.pasted(paste, now);
        case InputEvent.Mouse mouse -> pointer.moved(mouse, now);
        case InputEvent.Focused(boolean gained) -> {
          desk.focused(gained);
          announcements.focused(gained);
        }
        case InputEvent.Reported report -> reported(report);
      }
    }

    private void reported(InputEvent.Reported report) {
      var backgroundBefore = answers.background();
      Optional<TerminalMode> mode = answers.accept(report);
      mode.ifPresent(this::enable);
      if (!answers.capabilities().equals(desk.cells().capabilities())) {
        desk.cells().capabilities(answers.capabilities());
        loop.changed();
      }
      if (answers.background() != backgroundBefore) {
        look();
      }
    }

    private void enable(TerminalMode mode) {
      try {
        terminal.enable(mode);
      } catch (IOException e) {
        end(Optional.empty());
      }
    }

    // What happens in the session

    void happened(InteractiveEvent event) {
      desk.accept(event);
      switch (event) {
        case InteractiveEvent.QuestionAsked(Question question) -> ask(question);
        case InteractiveEvent.QuestionSettled(Question question) -> desk.settled(question);
        case InteractiveEvent.DraftReturned(String text) -> desk.draft(text);
        case InteractiveEvent.SurfaceWanted(String name) -> end(Optional.of(name));
        case InteractiveEvent.Closed _ -> end(Optional.empty());
        case InteractiveEvent.CommandEnded(_, CommandResult result) -> ended(result);
        case InteractiveEvent.SessionOpened(OpenSession session, _) -> opened(session);
        case InteractiveEvent.ShellEnded _ -> files.refresh();
        case InteractiveEvent.TurnEnded _ -> {
          files.refresh();
          controller
              .session()
              .ifPresent(it -> options.follow(it.workplace().place().settings().get()));
        }
        default -> {}
      }
      announcements.accept(event, System.nanoTime());
    }

    private void opened(OpenSession session) {
      desk.composer().refresh();
      announcements.warn(session);
      if (!session.session().conversation().messages().isEmpty()) {
        aside.run(() -> contextTokens(session), tokens -> desk.facts().estimated(session, tokens));
      }
    }

    private static long contextTokens(OpenSession session) {
      return ContextUse.of(
              new ContextUse.Sent(
                  session.workplace().systemPrompt().get(),
                  session.session().parts().tools(),
                  session.workplace().instructions(),
                  session.session().conversation()),
              session.model(),
              Usage.ZERO)
          .used();
    }

    private void ask(Question question) {
      List<Question> all = controller.questions();
      int position = 1 + all.indexOf(question);
      desk.ask(
          question,
          questions.of(
              question,
              Math.max(1, position),
              Math.max(1, all.size()),
              place.launch().world().cwd(),
              place.launch().world().time().instant()));
    }

    private void ended(CommandResult result) {
      switch (result) {
        case CommandResult.Handled(String message) -> {
          if (!message.isEmpty()) {
            controller.tell(AgentEvent.Level.INFO, message);
          }
        }
        case CommandResult.Show(Panel panel) -> commands.panel(panel);
        case CommandResult.Open(CommandResult.Dialog dialog, Panel instead) ->
            commands.open(dialog, instead, place.launch().world().time().instant());
        case CommandResult.Copied(String done, _, List<CommandResult.Code> code) -> {
          desk.flash(done);
          commands.code(code);
        }
        case CommandResult.Edit(Path file) -> editFile(file);
        case CommandResult.Exit _ -> controller.exit();
        case CommandResult.Prompt(_, _, _, List<String> notices) ->
            notices.forEach(text -> controller.tell(AgentEvent.Level.WARNING, text));
      }
    }

    // What changes how it looks

    private void optionChanged(Screen.Option option) {
      switch (option) {
        case THEME -> look();
        case MOUSE -> mouse();
        case EDITOR -> vim();
        case TODOS -> desk.showTodos(options.todos());
        case SURFACE -> {}
      }
    }

    private void look() {
      desk.appearance(appearance(options));
      themes.problems().forEach(announcements::warn);
      announcements.changed(System.nanoTime());
    }

    private void mouse() {
      try {
        boolean off = options.mouse().equals("off");
        terminal.disable(off ? TerminalMode.MOUSE : TerminalMode.WHEEL_WITHOUT_KEYS);
        terminal.enable(off ? TerminalMode.WHEEL_WITHOUT_KEYS : TerminalMode.MOUSE);
        desk.scrollMouse(options.mouse().equals("scroll"));
      } catch (IOException e) {
        end(Optional.empty());
      }
    }

    private void vim() {
      desk.composer().vim(options.vim());
      announcements.changed(System.nanoTime());
      loop.changed();
    }

    // Chores

    @Override
    public void command(String line) {
      controller.command(line, options);
    }

    @Override
    public Optional<String> editText(String text, String suffix) {
      Optional<ExternalEditor.Edited> edited = lend(() -> services.editor().edit(text, suffix));
      return switch (edited.orElseGet(ExternalEditor.Edited.Unchanged::new)) {
        case ExternalEditor.Edited.Changed(String now) -> Optional.of(now);
        case ExternalEditor.Edited.Unchanged _ -> Optional.empty();
        case ExternalEditor.Edited.Failed(String why) -> {
          desk.flash(why);
          yield Optional.empty();
        }
      };
    }

    private void editFile(Path file) {
      lend(() -> services.editor().open(file)).flatMap(fault -> fault).ifPresent(desk::flash);
    }

    /** Lets a program have the terminal; empty when we are asked to end meanwhile. */
    private <T> Optional<T> lend(TerminalLoan.Use<T> use) {
      try {
        return Optional.of(loan.lend(announcements.give(), use));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }

    /** The terminal was another's: it may have another size, and shows nothing of ours. */
    private void paintedOver() {
      measured();
      desk.cleared();
    }

    /** Tells the terminal something with the next frame. */
    private void send(String sequence) {
      before.text(sequence);
      loop.changed();
    }

    private String copied(String text, Consumer<String> sequence) {
      return services.copy(text, sequence, fault -> loop.post(() -> desk.flash(fault)));
    }

    @Override
    public void copy(String text) {
      desk.flash(copied(text, this::send));
    }

    @Override
    public void browse(String address) {
      if (services.browse(address, fault -> loop.post(() -> desk.flash(fault)))) {
        desk.flash("opens " + address);
      } else {
        // No browser can be reached from here, but the person's own clipboard can.
        copied(address, this::send);
        desk.flash("copied " + address);
      }
    }

    @Override
    public void copySelection() {
      desk.selection().ifPresent(it -> copy(it.text(desk.window())));
      desk.select(Optional.empty());
    }

    @Override
    public void selected() {
      if (Preferences.of(services.settings()).copyOnSelect()) {
        desk.selection().ifPresent(it -> copy(it.text(desk.window())));
      } else {
        desk.flash("ctrl+c copies · shift+drag selects with the terminal");
      }
    }

    @Override
    public void pasteImage() {
      services.takePicture(taken -> loop.post(() -> pasted(taken)));
    }

    private void pasted(PictureSource.Taken taken) {
      switch (taken) {
        case PictureSource.Taken.Picture(InlinePicture picture) ->
            desk.composer().image(picture.mediaType(), picture.base64());
        case PictureSource.Taken.Nothing(String why) -> desk.flash(why);
      }
      loop.changed();
    }

    @Override
    public boolean pastedPicture(String text) {
      List<InlinePicture> pictures = new ArrayList<>();
      for (Path file : services.droppedPictures(text)) {
        try {
          pictures.add(InlinePicture.read(file));
        } catch (IOException | ToolException e) {
          desk.flash(String.valueOf(e.getMessage()));
          return false;
        }
      }
      pictures.forEach(it -> desk.composer().image(it.mediaType(), it.base64()));
      return !pictures.isEmpty();
    }

    /** There are more files to choose from than at the last key. */
    private void completes() {
      desk.composer().refresh();
      loop.changed();
    }

    @Override
    public void print(TranscriptView view) {
      OutputStream out = place.launch().world().out();
      try {
        loan.show(announcements.give(), () -> Farewell.print(view, terminal.columns(), out));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void rewind() {
      commands.rewind(place.launch().world().time().instant());
    }

    @Override
    public void redraw() {
      before.ascii("\33[2J");
      desk.repaint();
    }

    @Override
    public void suspend() {
      Thread.ofPlatform().name("suspend").start(terminal::suspend);
    }

    // The loop's screen

    @Override
    public void draw(long now) {
      Bytes frame = desk.draw(now);
      writer.write(before, frame);
      before.clear();
    }

    @Override
    public boolean canDraw() {
      return Desk.canDraw(writer);
    }

    @Override
    public long due(long now) {
      return Math.min(desk.alarms().next(), announcements.due(now));
    }

    @Override
    public void tick(long now) {
      if (desk.alarms().take(Alarms.Alarm.INPUT, now)) {
        decoder.expire(now);
        awaitRest();
      }
      if (desk.alarms().take(Alarms.Alarm.PROBES, now) && !answers.hasKittyKeys()) {
        enable(TerminalMode.MODIFIED_KEYS);
      }
      announcements.tick(now);
      pointer.tick(now);
      desk.tick(now);
    }

    @Override
    public void failed(Throwable thrown) {
      Faults.Seen seen = faults.take(thrown, System.nanoTime());
      if (seen.isTooMany()) {
        fault = Optional.of(seen.said());
        loop.stop();
      } else {
        controller.tell(AgentEvent.Level.ERROR, seen.said() + " The session goes on.");
      }
    }

    void end(Optional<String> surface) {
      next = surface;
      loop.stop();
    }

    /** Gives the terminal back, with the end of the conversation on it. */
    void leave() {
      writer.close();
      files.close();
      announcements.close();
      try {
        terminal.write(new Bytes().text(announcements.give()));
      } catch (IOException e) {
        // The terminal is gone, and its task bar with it.
      }
      terminal.end();
      services.close();
      Farewell.print(
          desk.tail(), controller, desk.appearance().look().glyphs(), place.launch().world().out());
      desk.close();
    }
  }
}
