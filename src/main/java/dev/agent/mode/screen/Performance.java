package dev.agent.mode.screen;

import dev.agent.command.Screen;
import dev.agent.loop.AgentEvent;
import dev.agent.mode.Launch;
import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.Surface;
import dev.agent.tui.UiLoop;
import dev.agent.tui.cell.Bytes;
import dev.agent.tui.cell.TerminalPort;
import dev.agent.tui.edit.Composer;
import dev.agent.tui.edit.History;
import dev.agent.tui.input.Keymap;
import dev.agent.tui.theme.Themes;
import dev.agent.tui.view.Glyphs;
import dev.agent.tui.view.TranscriptView;
import dev.agent.workspace.GitHead;
import java.io.IOException;
import java.util.Optional;

/**
 * A session on the screen, from the first frame to the last: the parts of the screen put together,
 * and what is the same for all faces. UI thread only.
 */
final class Performance implements UiLoop.Screen, Errands.Own {
  private static final int HISTORY = 500;

  private final Controller controller;
  private final Launch.World world;
  private final Launch launch;
  private final TerminalPort terminal;
  private final UiLoop loop;
  private final Exits exits;
  private final TerminalAnswers answers;
  private final Services services;
  private final Themes themes;
  private final ScreenOptions options;
  private final Header header;
  private final Desk desk;
  private final Console console;
  private final FileCompletions files;
  private final KeyReader keys;
  private final Announcements announcements;
  private final Aside aside;
  private final CommandDialogs commands;
  private final Happenings happenings;
  private final Intake intake;
  private final Controller.Listening listening;

  /** The ways off the stage. */
  interface Exits {
    /** Another surface goes on; none does if empty. */
    void end(Optional<String> surface);

    /** Something was thrown that should not have been; what to tell of it when all goes on. */
    Optional<String> failed(Throwable thrown);
  }

  Performance(
      Surface.Place place,
      Controller controller,
      TerminalPort terminal,
      Face.Maker faces,
      UiLoop loop,
      Exits exits) {
    this.controller = controller;
    this.launch = place.launch();
    this.world = launch.world();
    this.terminal = terminal;
    this.loop = loop;
    this.exits = exits;
    this.answers = new TerminalAnswers(world.environment());
    this.services = new Services(place, controller);
    this.themes = services.personal().themes();
    this.files = services.files(() -> loop.post(this::completes));
    this.keys =
        new KeyReader(
            terminal.input(), bytes -> loop.post(() -> fed(bytes)), () -> loop.post(this::gone));
    this.options =
        new ScreenOptions(
            place.settings(),
            themes,
            controller,
            terminal,
            option -> loop.post(() -> optionChanged(option)));
    Keymap keymap = services.personal().keymap();
    Composer composer =
        new Composer(
            keymap,
            new History(() -> controller.history(HISTORY)),
            Completions.commands(() -> controller.commandContext(options)),
            files);
    Face face = faces.make(terminal.columns(), terminal.rows(), answers, 0);
    options.surface(face.name());
    String model = place.launch().model().orElse("");
    this.header = new Header(world.version(), model, Header.shown(world.cwd(), home()));
    this.desk =
        new Desk(
            loop,
            world.time(),
            keymap,
            composer,
            new Facts(model),
            face,
            appearance(),
            header,
            this::shown,
            services.preferences().reduceMotion());
    this.console = new Console(terminal, answers, desk, options, loop, this::gone);
    this.announcements =
        new Announcements(services, controller, desk, loop, options::vim, console::tell);
    TerminalLoan loan =
        new TerminalLoan(terminal, keys, place.interrupts(), place.life(), console::paintedOver);
    Errands errands = new Errands(services, desk, loop, announcements, loan, this);
    Hands hands = new Hands(desk, controller, keymap, errands, loop, world.time());
    Pointer pointer =
        new Pointer(desk, hands, errands, loop, world.time(), () -> options.mouse().equals("auto"));
    this.aside = desk.aside();
    SessionPreviews previews = new SessionPreviews(desk::appearance, this::shown, aside);
    this.commands =
        new CommandDialogs(controller, options, desk, aside, previews, errands::editFile, keymap);
    QuestionDialogs questions =
        new QuestionDialogs(
            controller::answer,
            controller::exit,
            diff -> desk.appearance().diff(diff),
            text -> desk.appearance().markdown(text),
            previews::of);
    options.clipboard(errands::copied);
    options.warnings(announcements::warnings);
    composer.vim(options.vim());
    composer.insertEscape(options.insertEscape());
    this.intake =
        new Intake(
            services.terminal().remote(),
            desk,
            hands,
            pointer,
            announcements,
            console,
            loop,
            this::look);
    this.happenings =
        new Happenings(
            controller,
            world,
            desk,
            options,
            files,
            announcements,
            aside,
            commands,
            questions,
            errands,
            exits::end);
    this.listening = controller.listen(event -> loop.post(() -> happenings.accept(event)));
  }

  private String home() {
    return world.environment().getOrDefault("HOME", "");
  }

  /** A path as the person sees it. */
  private String shown(String path) {
    return Header.shown(world.cwd().relativize(world.cwd().resolve(path)), home());
  }

  private Appearance appearance() {
    return Appearance.of(
        themes,
        options.theme(),
        answers.background(),
        answers.capabilities(),
        answers.capabilities().unicode() ? Glyphs.UNICODE : Glyphs.ASCII,
        services.preferences().diff(),
        world.time());
  }

  private void gone() {
    exits.end(Optional.empty());
  }

  // From the first frame to the last

  /** Draws the first frame and begins. */
  void start() throws IOException {
    console.open(
        () -> {
          console.paintedOver();
          announcements.resumed();
        });
    keys.start();
    happenings.catchUp();
    aside.run(
        () -> GitHead.of(world.cwd()),
        branch -> branch.ifPresent(name -> desk.header(header.on(name))));
    if (desk.face().ownsScreen() && controller.session().isEmpty()) {
      aside.run(() -> OpeningSession.end(launch), end -> end.ifPresent(desk::preview));
    }
    controller.start();
  }

  /** Goes on with another face on the same terminal; with the one it had, if that can't be. */
  void enter(Face.Maker faces) throws IOException {
    console.enter(faces).ifPresent(fault -> controller.tell(AgentEvent.Level.ERROR, fault));
  }

  private String farewell() {
    return Farewell.of(
        Farewell.tail(desk.transcript()),
        desk.face().ownsScreen(),
        controller,
        desk.appearance().look().glyphs());
  }

  /**
   * Gives the terminal back, with the end of the conversation on it.
   *
   * @param forAnother whether another face goes on with it
   */
  void leave(boolean forAnother) {
    Face face = desk.face();
    console.close(!forAnother, announcements::give);
    if (forAnother) {
      terminal.leave();
    } else {
      listening.close();
      files.close();
      announcements.close();
      terminal.end();
      services.close();
    }
    if (!terminal.isStuck() && (face.ownsScreen() || !forAnother)) {
      Farewell.print(farewell(), world.out());
    }
    if (!forAnother) {
      desk.close();
    }
  }

  // What comes by itself

  private void fed(byte[] bytes) {
    intake.feed(bytes);
  }

  /** There are more files to choose from than at the last key. */
  private void completes() {
    desk.composer().refresh();
    loop.changed();
  }

  private void optionChanged(Screen.Option option) {
    switch (option) {
      case THEME -> look();
      case MOUSE -> console.mouse();
      case EDITOR -> vim();
      case TODOS -> desk.showTodos(options.todos());
      case SURFACE -> {}
    }
  }

  private void look() {
    desk.appearance(appearance());
    themes.problems().forEach(announcements::warn);
    announcements.changed(System.nanoTime());
  }

  private void vim() {
    desk.composer().vim(options.vim());
    desk.composer().insertEscape(options.insertEscape());
    announcements.changed(System.nanoTime());
    loop.changed();
  }

  // What errands leave to the screen

  @Override
  public void command(String line) {
    controller.command(line, options);
  }

  @Override
  public void tell(String sequence) {
    console.tell(sequence);
  }

  @Override
  public void print(TranscriptView view) {
    Farewell.print(view, terminal.columns(), world.out());
  }

  @Override
  public void toggleTodos() {
    options.change(Screen.Option.TODOS, options.todos() ? "hidden" : "shown");
  }

  @Override
  public void rewind() {
    commands.rewind(world.time().instant());
  }

  @Override
  public void redraw() {
    console.redraw();
  }

  @Override
  public void suspend() {
    String farewell = desk.face().ownsScreen() ? farewell() : "";
    Thread.ofPlatform()
        .name("suspend")
        .start(() -> terminal.suspend(() -> Farewell.print(farewell, world.out())));
  }

  // The loop's screen

  @Override
  public void draw(long now) {
    console.draw(now);
  }

  @Override
  public boolean canDraw() {
    return console.canDraw();
  }

  @Override
  public long due(long now) {
    return Math.min(desk.alarms().next(), announcements.due(now));
  }

  @Override
  public void tick(long now) {
    intake.tick(now);
    console.tick(now);
    announcements.tick(now);
    desk.tick(now);
  }

  @Override
  public void failed(Throwable thrown) {
    exits
        .failed(thrown)
        .ifPresent(said -> controller.tell(AgentEvent.Level.ERROR, said + " The session goes on."));
  }
}
