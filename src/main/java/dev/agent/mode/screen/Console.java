package dev.agent.mode.screen;

import dev.agent.tui.FrameWriter;
import dev.agent.tui.UiLoop;
import dev.agent.tui.cell.Bytes;
import dev.agent.tui.cell.TerminalMode;
import dev.agent.tui.cell.TerminalPort;
import dev.agent.tui.input.InputEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The terminal as the screen uses it: what it is switched to, how large it is, what it says of
 * itself, and the frames that it gets. UI thread only.
 */
final class Console {
  /** How long the terminal has to answer questions about itself, in nanoseconds. */
  private static final long ANSWERS = 1_000_000_000;

  private final TerminalPort terminal;
  private final TerminalAnswers answers;
  private final Desk desk;
  private final ScreenOptions options;
  private final UiLoop loop;
  private final Runnable gone;
  private final Bytes before = new Bytes();
  private FrameWriter writer;
  private volatile byte[] parting = {};

  /**
   * @param gone called when nothing can be told to the terminal any more
   */
  Console(
      TerminalPort terminal,
      TerminalAnswers answers,
      Desk desk,
      ScreenOptions options,
      UiLoop loop,
      Runnable gone) {
    this.terminal = terminal;
    this.answers = answers;
    this.desk = desk;
    this.options = options;
    this.loop = loop;
    this.gone = gone;
    this.writer = frames();
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

  /**
   * Takes the terminal and draws the first frame.
   *
   * @param resumed called when it is ours again after somebody else had it
   */
  void open(Runnable resumed) throws IOException {
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
            loop.post(Console.this::measured);
          }

          @Override
          public void resumed() {
            loop.post(resumed);
          }
        });
    desk.alarms().set(Alarms.Alarm.PROBES, System.nanoTime() + ANSWERS);
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

  /**
   * Goes on with another face on the same terminal; with the one it had, if that can't be.
   *
   * @return why it can't be; empty when all is well
   */
  Optional<String> enter(Face.Maker faces) throws IOException {
    terminal.prepare();
    terminal.measure();
    writer = frames();
    before.clear();
    desk.alarms().clear(Alarms.Alarm.RESIZE);
    desk.select(Optional.empty());
    Face old = desk.face();
    Optional<String> fault = Optional.empty();
    try {
      show(faces.make(terminal.columns(), terminal.rows(), answers, desk.firstUnsettled()));
    } catch (IOException | RuntimeException e) {
      terminal.leave();
      terminal.prepare();
      old.resized(terminal.columns(), terminal.rows());
      old.cleared();
      show(old);
      fault = Optional.of("The surface stays " + old.name() + ", since the other one failed: " + e);
    }
    answers.modes().forEach(this::enable);
    return fault;
  }

  private void show(Face face) throws IOException {
    options.surface(face.name());
    desk.face(face);
    take();
  }

  private void enable(TerminalMode mode) {
    try {
      terminal.enable(mode);
    } catch (IOException e) {
      gone.run();
    }
  }

  /** The mouse is used in another way, as far as it is ours. */
  void mouse() {
    if (!desk.face().ownsScreen()) {
      return;
    }
    try {
      boolean off = options.mouse().equals("off");
      terminal.disable(off ? TerminalMode.MOUSE : TerminalMode.WHEEL_WITHOUT_KEYS);
      terminal.enable(off ? TerminalMode.WHEEL_WITHOUT_KEYS : TerminalMode.MOUSE);
      desk.scrollMouse(options.mouse().equals("scroll"));
    } catch (IOException e) {
      gone.run();
    }
  }

  /**
   * Takes what the terminal says of itself.
   *
   * @return whether its background is another than thought
   */
  boolean answered(InputEvent.Reported report) {
    var background = answers.background();
    answers.accept(report).ifPresent(this::enable);
    if (!answers.capabilities().equals(desk.face().frames().capabilities())) {
      desk.face().frames().capabilities(answers.capabilities());
      loop.changed();
    }
    return answers.background() != background;
  }

  /** Asks for the background again, where the terminal tells about it. */
  void askBackground() {
    if (answers.tellsBackground()) {
      tell(TerminalAnswers.BACKGROUND_QUESTION);
    }
  }

  /** It may have another size now. */
  void measured() {
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

  /** It was another's: it may have another size, and shows nothing of ours. */
  void paintedOver() {
    measured();
    desk.cleared();
  }

  /** Tells it something with the next frame. */
  void tell(String sequence) {
    before.text(sequence);
    loop.changed();
  }

  /** Draws everything anew. */
  void redraw() {
    if (desk.face().ownsScreen()) {
      before.ascii("\33[2J");
    }
    desk.repaint();
  }

  /** Whether it takes a frame now. */
  boolean canDraw() {
    return writer.isIdle() && writer.failure() == null && !desk.alarms().isSet(Alarms.Alarm.RESIZE);
  }

  /** Draws what changed. */
  void draw(long now) {
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

  /** Does what is due. */
  void tick(long now) {
    if (desk.alarms().take(Alarms.Alarm.RESIZE, now)) {
      desk.resized(terminal.columns(), terminal.rows());
    }
    if (desk.alarms().take(Alarms.Alarm.PROBES, now) && !answers.hasKittyKeys()) {
      enable(TerminalMode.MODIFIED_KEYS);
    }
  }

  /**
   * Draws for the last time.
   *
   * @param isEnd whether no other face goes on
   * @param goodbye what the terminal is told besides
   */
  void close(boolean isEnd, Supplier<String> goodbye) {
    Face face = desk.face();
    if (desk.alarms().take(Alarms.Alarm.RESIZE, Long.MAX_VALUE)) {
      face.resized(terminal.columns(), terminal.rows());
    }
    writer.close();
    if (!writer.isIdle()) {
      return;
    }
    try {
      Bytes bytes = new Bytes().add(face.last(desk, isEnd, System.nanoTime()));
      terminal.write(bytes.text(goodbye.get()));
      terminal.parting(face.parting());
    } catch (IOException e) {
      // The terminal is gone: nothing can stay on it.
      return;
    }
  }
}
