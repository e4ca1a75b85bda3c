package dev.agent.mode.interactive;

import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.keymap.KeyMap;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Lines from a terminal, with editing, history, completion and several lines at once. A backslash
 * at the end of a line, Ctrl+J or Alt+Enter continue on the next line.
 */
final class TerminalInput implements PlainInput {
  private static final String ESCAPE = "plain-escape";
  private static final String NEW_LINE = "plain-new-line";

  /** How long Esc waits for the rest of a key's sequence: the bytes of one come together. */
  private static final long ESCAPE_MILLIS = 100;

  /** Of JLine, which logs to the terminal what it does not know about it; held to stay quiet. */
  private static final Logger LOG = Logger.getLogger("org.jline");

  private final Terminal terminal;
  private final LineReaderImpl reader;
  private final AtomicBoolean escaped = new AtomicBoolean();
  private volatile boolean stopped;
  private volatile Thread waiting;
  private volatile String prompt = "";

  /**
   * @param history latest prompts, newest first
   * @param completer finds candidates for what stands before the cursor
   */
  TerminalInput(List<String> history, BiConsumer<String, List<Candidate>> completer) {
    LOG.setLevel(Level.OFF);
    try {
      this.terminal = TerminalBuilder.builder().system(true).dumb(true).nativeSignals(true).build();
      terminal.handle(Terminal.Signal.INT, this::signal);
      // From here to the end, not only while a line is read: what is typed between two lines waits
      // for the next one, and is not echoed by the terminal before that echoes it.
      terminal.enterRawMode();
    } catch (IOException e) {
      throw new UncheckedIOException("the terminal can't be opened", e);
    }
    this.waiting = Thread.currentThread();
    this.reader =
        (LineReaderImpl)
            LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("agent")
                .parser(new PlainParser())
                .history(new DefaultHistory())
                .completer(
                    (_, line, candidates) ->
                        completer.accept(line.line().substring(0, line.cursor()), candidates))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .option(LineReader.Option.AUTO_FRESH_LINE, false)
                .option(LineReader.Option.ERASE_LINE_ON_FINISH, false)
                .variable(LineReader.AMBIGUOUS_BINDING, ESCAPE_MILLIS)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "")
                .variable(LineReader.BELL_STYLE, "none")
                .variable(LineReader.COMPLETION_STYLE_STARTING, "")
                .variable(LineReader.COMPLETION_STYLE_DESCRIPTION, "")
                .variable(LineReader.COMPLETION_STYLE_GROUP, "")
                .build();
    history.reversed().forEach(reader.getHistory()::add);
    reader.getWidgets().put(ESCAPE, this::escape);
    reader.getWidgets().put(NEW_LINE, this::newLine);
    for (String name : List.of(LineReader.EMACS, LineReader.MAIN)) {
      KeyMap<org.jline.reader.Binding> keys = reader.getKeyMaps().get(name);
      if (keys != null) {
        keys.bind(new Reference(ESCAPE), "\033");
        keys.bind(new Reference(NEW_LINE), "\033\r", "\033\n");
      }
    }
  }

  private void signal(Terminal.Signal signal) {
    if (signal == Terminal.Signal.INT) {
      Thread thread = waiting;
      if (thread != null) {
        thread.interrupt(); // between two lines; while one is read the reader has its own handler
      }
    }
  }

  private boolean escape() {
    if (!reader.getBuffer().toString().isEmpty()) {
      return true; // it belongs to the draft: nothing happens to that by one key
    }
    escaped.set(true);
    throw new UserInterruptException("");
  }

  private boolean newLine() {
    reader.getBuffer().write('\n');
    return true;
  }

  @Override
  public Read read() {
    waiting = Thread.currentThread();
    escaped.set(false);
    try {
      String line = reader.readLine(prompt);
      prompt = ""; // whoever prints says when the next line is waited for
      return new Read.Line(line.replace("\\\n", "\n"));
    } catch (UserInterruptException e) {
      return stopped
          ? new Read.End()
          : escaped.get() ? new Read.Escape() : new Read.Break(e.getPartialLine());
    } catch (EndOfFileException e) {
      return new Read.End();
    } catch (IOError e) {
      return new Read.End(); // the terminal is gone
    } finally {
      boolean _ = Thread.interrupted();
    }
  }

  @Override
  public void prompt(String text, boolean remembers) {
    reader.setVariable(LineReader.DISABLE_HISTORY, !remembers);
    if (!text.equals(prompt)) {
      prompt = text;
      reader.setPrompt(text);
      if (reader.isReading()) {
        reader.redisplay();
      }
    }
  }

  @Override
  public void print(String text) {
    if (reader.isReading()) {
      reader.printAbove(PlainText.named(text));
    } else {
      terminal.writer().print(PlainText.named(text));
      terminal.flush();
    }
  }

  @Override
  public boolean showsPrompts() {
    return true;
  }

  @Override
  public void stop() {
    stopped = true;
    Thread thread = waiting;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the terminal can't be closed", e);
    }
  }
}
