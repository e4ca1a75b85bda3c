import java.io.InputStream;
import java.io.OutputStream;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The least that a program in Java does for a key: JLine's raw mode, read, write it back. */
final class EchoLoop {
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
        out.write(buffer, 0, count);
        out.flush();
      }
    }
  }
}
