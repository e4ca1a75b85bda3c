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
import dev.agent.tui.FrameWriter;
import dev.agent.tui.UiLoop;
import dev.agent.tui.cell.Bytes;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The session on a terminal that is drawn on, whatever {@link Face} it has; switching between those
 * changes nothing else. One thread reads what the terminal sends, one writes frames, and the one
 * that {@link #run} is called on owns everything in between.
 */
final class Stage {
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

  private Optional<Run> running = Optional.empty();

  /**
   * @param terminal one that shows a first prompt already; empty = the standard streams' own
   */
  Stage(Surface.Place place, Optional<TerminalPort> terminal) {
    this.place = place;
    this.prepared = terminal;
    var world = place.launch().world();
    this.environment = world.environment();
    this.faults = new Faults(SpillFiles.ofFaults(world.places().data()), world.ids()::next);
  }

  /**
   * Draws until the session is closed or another surface is wanted.
   *
   * @return the name of that; empty = the end
   * @throws UserError if the terminal can't be used; the stage is as it was before
   */
  Optional<String> run(Controller controller, Face.Maker faces) {
    next = Optional.empty();
    try (var _ = place.life().onCancel(() -> loop.post(() -> end(Optional.empty())))) {
      Run run = enter(controller, faces);
      loop.run(run);
    } catch (IOException e) {
      throw new UserError(
          "The terminal can't be used: " + e.getMessage() + ".", "Start agent with --plain.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      boolean staysHere = next.filter(DrawnSurfaces.NAMES::contains).isPresent();
      running.ifPresent(it -> it.leave(staysHere));
      if (!staysHere) {
        running = Optional.empty();
      }
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

  private Run enter(Controller controller, Face.Maker faces) throws IOException {
    if (running.isPresent()) {
      running.get().enter(faces);
      return running.get();
    }
    TerminalPort terminal =
        prepared
            .filter(port -> !port.isEnded())
            .orElseGet(
                () ->
                    TerminalPort.of(
                        environment, place.launch().world().in(), place.launch().world().out()));
    Run run = new Run(controller, terminal, faces);
    running = Optional.of(run);
    run.start();
    return run;
  }

  private void end(Optional<String> surface) {
    next = surface;
    loop.stop();
  }

  /** What is the same for all faces. UI thread only. */
  private final class Run implements UiLoop.Screen, Errands.Own {
    private final Controller controller;
    private final TerminalPort terminal;
    private final TerminalAnswers answers = new TerminalAnswers(environment);
    private final InputDecoder decoder;
    private final Keymap keymap;
    private final Services services;
    private final KeyReader keys;
    private final FileCompletions files;
    private final Announcements announcements;
    private final Aside aside;
    private final Header header;
    private final Errands errands;
    private final Desk desk;
    private final Hands hands;
    private final Pointer pointer;
    private final ScreenOptions options;
    private final CommandDialogs commands;
    private final QuestionDialogs questions;
    private final Themes themes;
    private final Bytes before = new Bytes();
    private final Controller.Listening listening;
    private FrameWriter writer;
    private volatile byte[] parting = {};

    Run(Controller controller, TerminalPort terminal, Face.Maker faces) {
      this.controller = controller;
      this.terminal = terminal;
      this.writer = frames();
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
              terminal,
              option -> loop.post(() -> optionChanged(option)));
      var world = place.launch().world();
      Composer composer =
          new Composer(
              keymap,
              new History(() -> controller.history(HISTORY)),
              Completions.commands(() -> controller.commandContext(options)),
              files);
      Face face = faces.make(terminal.columns(), terminal.rows(), answers, 0);
      options.surface(face.name());
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
              face,
              appearance(options),
              header,
              path -> Header.shown(world.cwd().relativize(world.cwd().resolve(path)), home),
              services.preferences().reduceMotion());
      this.announcements =
          new Announcements(services, controller, desk, loop, options::vim, this::tell);
      TerminalLoan loan =
          new TerminalLoan(terminal, keys, place.interrupts(), place.life(), this::paintedOver);
      this.errands = new Errands(services, desk, loop, announcements, loan, this);
      this.hands = new Hands(desk, controller, keymap, errands, loop, world.time());
      this.pointer =
          new Pointer(
              desk, hands, errands, loop, world.time(), () -> options.mouse().equals("auto"));
      this.aside = new Aside(this::postAndDraw, desk::flash);
      SessionPreviews previews =
          new SessionPreviews(
              desk::appearance,
              path -> Header.shown(world.cwd().relativize(world.cwd().resolve(path)), home),
              aside);
      this.commands =
          new CommandDialogs(controller, options, desk, aside, previews, errands::editFile, keymap);
      this.questions =
          new QuestionDialogs(
              controller::answer,
              controller::exit,
              diff -> desk.appearance().diff(diff),
              text -> desk.appearance().markdown(text),
              previews::of);
      options.clipboard(errands::copied);
      composer.vim(options.vim());
      this.listening = controller.listen(event -> loop.post(() -> happened(event)));
    }

    /** A writer for as long as a face has the terminal. */
    private FrameWriter frames() {
      return new FrameWriter(
          frame -> {
            if (terminal.write(frame)) {
              terminal.parting(parting);
            }
          },
          loop::wake);
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
          answers.capabilities().unicode() ? Glyphs.UNICODE : Glyphs.ASCII,
          services.preferences().diff(),
          place.launch().world().time());
    }

    void start() throws IOException {
      terminal.prepare();
      if (terminal.isStarted() && !desk.face().ownsScreen()) {
        // What is shown of the full screen was a guess.
        terminal.leave();
        terminal.prepare();
      }
      desk.resized(terminal.columns(), terminal.rows());
      if (terminal.isStarted()) {
        desk.repaint();
      }
      take();
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
                    paintedOver();
                    announcements.resumed();
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
      // Whatever surface had the session before has told all of that.
      desk.face().skip(desk.firstUnsettled());
      controller.questions().forEach(this::ask);
      aside.run(
          () -> GitHead.of(place.launch().world().cwd()),
          branch -> branch.ifPresent(name -> desk.header(header.on(name))));
      if (desk.face().ownsScreen() && controller.session().isEmpty()) {
        aside.run(() -> OpeningSession.end(place.launch()), end -> end.ifPresent(desk::preview));
      }
      controller.start();
    }

    /** Switches the face's modes on and draws its first frame, in one write. */
    private void take() throws IOException {
      Face face = desk.face();
      Bytes first = new Bytes();
      first.add(desk.draw(System.nanoTime())).ascii(TerminalAnswers.QUESTIONS);
      List<TerminalMode> modes = new ArrayList<>(face.modes());
      if (face.ownsScreen()) {
        modes.add(
            options.mouse().equals("off") ? TerminalMode.WHEEL_WITHOUT_KEYS : TerminalMode.MOUSE);
      }
      if (terminal.isStarted()) {
        modes.forEach(this::enable);
        terminal.write(first);
      } else {
        terminal.start(modes, first);
      }
      terminal.parting(face.parting());
    }

    /** Goes on with another face on the same terminal; with the one it had, if that can't be. */
    void enter(Face.Maker faces) throws IOException {
      terminal.prepare();
      terminal.measure();
      writer = frames();
      before.clear();
      desk.alarms().clear(Alarms.Alarm.RESIZE);
      desk.select(Optional.empty());
      Face old = desk.face();
      try {
        show(faces.make(terminal.columns(), terminal.rows(), answers, desk.firstUnsettled()));
      } catch (IOException | RuntimeException e) {
        terminal.leave();
        terminal.prepare();
        old.resized(terminal.columns(), terminal.rows());
        old.cleared();
        show(old);
        controller.tell(
            AgentEvent.Level.ERROR,
            "The surface stays " + old.name() + ", since the other one failed: " + e);
      }
      answers.modes().forEach(this::enable);
    }

    private void show(Face face) throws IOException {
      options.surface(face.name());
      desk.face(face);
      take();
    }

    private void measured() {
      terminal.measure();
      Face face = desk.face();
      if (face.calm() > 0) {
        desk.alarms().set(Alarms.Alarm.RESIZE, System.nanoTime() + face.calm());
      } else if (isOfAnotherSize(face)) {
        desk.resized(terminal.columns(), terminal.rows());
        loop.calm();
      }
    }

    private boolean isOfAnotherSize(Face face) {
      return terminal.columns() != face.columns() || terminal.rows() != face.rows();
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
        case InputEvent.Mouse mouse -> {
          if (desk.face().ownsScreen()) {
            pointer.moved(mouse, now);
          }
        }
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
      if (!answers.capabilities().equals(desk.face().capabilities())) {
        desk.face().capabilities(answers.capabilities());
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
        aside.run(
            () -> contextTokens(session),
            tokens -> desk.facts().estimated(session.session().parts().id(), tokens));
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
        case CommandResult.Edit(Path file) -> errands.editFile(file);
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
      if (!desk.face().ownsScreen()) {
        return;
      }
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

    // What errands leave to the screen

    @Override
    public void command(String line) {
      controller.command(line, options);
    }

    /** The terminal was another's: it may have another size, and shows nothing of ours. */
    private void paintedOver() {
      measured();
      desk.cleared();
    }

    /** There are more files to choose from than at the last key. */
    private void completes() {
      desk.composer().refresh();
      loop.changed();
    }

    @Override
    public void tell(String sequence) {
      before.text(sequence);
      loop.changed();
    }

    @Override
    public void print(TranscriptView view) {
      Farewell.print(view, terminal.columns(), place.launch().world().out());
    }

    @Override
    public void rewind() {
      commands.rewind(place.launch().world().time().instant());
    }

    @Override
    public void redraw() {
      if (desk.face().ownsScreen()) {
        before.ascii("\33[2J");
      }
      desk.repaint();
    }

    @Override
    public void suspend() {
      Thread.ofPlatform().name("suspend").start(terminal::suspend);
    }

    // The loop's screen

    @Override
    public void draw(long now) {
      Face face = desk.face();
      if (face.calm() > 0) {
        terminal.measure();
        if (isOfAnotherSize(face)) {
          measured();
          return;
        }
      }
      Bytes frame = desk.draw(now);
      parting = face.parting();
      writer.write(before, frame);
      before.clear();
    }

    @Override
    public boolean canDraw() {
      return Desk.canDraw(writer) && !desk.alarms().isSet(Alarms.Alarm.RESIZE);
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
      if (desk.alarms().take(Alarms.Alarm.RESIZE, now)) {
        desk.resized(terminal.columns(), terminal.rows());
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

    /**
     * Gives the terminal back, with the end of the conversation on it.
     *
     * @param forAnother whether another face goes on with it
     */
    void leave(boolean forAnother) {
      Face face = desk.face();
      if (desk.alarms().take(Alarms.Alarm.RESIZE, Long.MAX_VALUE)) {
        face.resized(terminal.columns(), terminal.rows());
      }
      writer.close();
      if (writer.isIdle()) {
        last(face, forAnother);
      }
      if (forAnother) {
        terminal.leave();
      } else {
        listening.close();
        files.close();
        announcements.close();
        terminal.end();
        services.close();
      }
      if (face.ownsScreen() || !forAnother) {
        Farewell.print(
            face.ownsScreen() ? desk.tail() : List.of(),
            controller,
            desk.appearance().look().glyphs(),
            place.launch().world().out());
      }
      if (!forAnother) {
        desk.close();
      }
    }

    private void last(Face face, boolean forAnother) {
      try {
        Bytes bytes = new Bytes().add(face.last(desk, !forAnother, System.nanoTime()));
        terminal.write(bytes.text(announcements.give()));
        terminal.parting(face.parting());
      } catch (IOException e) {
        // The terminal is gone: nothing can stay on it.
        return;
      }
    }
  }
}
