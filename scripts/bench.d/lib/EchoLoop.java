import java.io.InputStream;
import java.io.OutputStream;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The least that a program in Java does for a key: JLine's raw mode, read, write it back. */
final class EchoLoop {
  /** Ctrl+U, which empties a composer; here a new row begins. */
  private static final byte TAKE_BACK = 0x15;

  private EchoLoop() {}

  public static void main(String[] args) throws Exception {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).build()) {
      terminal.enterRawMode();
      InputStream in = terminal.input();
      OutputStream out = terminal.output();
      out.write("ready\r\n".getBytes());
      out.flush();
      byte[] buffer = new byte[1024];
      for (int count = in.read(buffer, 0, 1); count >= 0; count = in.read(buffer, 0, 1)) {
        if (count == 1 && buffer[0] == TAKE_BACK) {
          out.write("\r\n".getBytes());
        } else {
          out.write(buffer, 0, count);
        }
        out.flush();
      }
    }
  }
}
