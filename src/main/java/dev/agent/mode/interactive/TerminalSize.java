package dev.agent.mode.interactive;

import java.io.IOException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** How large the terminal is that this process runs in. */
final class TerminalSize {
  private TerminalSize() {}

  /** Its size; zeros when there is none, or it does not say. */
  static SurfaceChoice.Size ofThisTerminal() {
    // Closing JLine's terminal sets it back to what JLine knows of it, which is not all.
    try (var _ = TerminalState.save();
        Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      Size size = terminal.getSize();
      return new SurfaceChoice.Size(size.getColumns(), size.getRows());
    } catch (IOException e) {
      return new SurfaceChoice.Size(0, 0);
    }
  }
}
