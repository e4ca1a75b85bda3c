package dev.agent.tui.cell;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs a terminal's port in a process of its own, for tests in a real terminal. */
public final class PortProgram {
  private PortProgram() {}

  /**
   * @param arguments what to do when a key arrives: "exit", "throw", "hang" (until killed); z
   *     suspends
   */
  public static void main(String[] arguments) throws IOException {
    TerminalPort port =
        TerminalPort.of(
            System.getenv(),
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out));
    if (arguments[0].equals("early")) {
      return;
    }
    CellScreen screen = new CellScreen(port.columns(), port.rows(), Capabilities.of(Map.of()));
    screen.buffer().paint(Row.of("ready", Style.PLAIN), 0, 0, 20);
    screen.cursor(5, 0, CursorShape.BAR);
    port.start(List.of(TerminalMode.values()), screen.frame(0));
    port.connect(
        new TerminalPort.Listener() {
          @Override
          public void resized() {
            show("size " + port.columns() + "x" + port.rows());
          }

          @Override
          public void resumed() {
            show("resumed");
          }

          private void show(String text) {
            try {
              port.write(new Bytes().ascii("\33[2;1H" + text + "\33[K"));
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        });
    while (true) {
      int key = port.input().read();
      if (key == 'z') {
        port.suspend(() -> {});
      } else if (key == 'q' && arguments[0].equals("throw")) {
        throw new IllegalStateException("thrown");
      } else if (key == 'q') {
        port.end();
        return;
      } else {
        port.write(new Bytes().ascii("\33[3;1Hkey ").number(key).ascii(" "));
      }
    }
  }
}
