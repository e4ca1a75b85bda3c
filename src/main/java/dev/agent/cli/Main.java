package dev.agent.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Entry point of the process: answers {@code --version} and {@code --help} by itself and hands
 * everything else to {@link AgentCommand}.
 *
 * <p>Loads nothing but JDK classes before it knows that it needs more, so that the two fast answers
 * cost hardly more than an empty JVM. The launcher answers a lone {@code --version} without a JVM,
 * from the same version number.
 */
public final class Main {
  private static final int FAILURE = 1;

  /** 128 + SIGPIPE: the reader of stdout went away. */
  private static final int BROKEN_PIPE = 141;

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    byte[] answer = args.length == 1 ? fastAnswer(args[0]) : null;
    System.exit(answer == null ? AgentCommand.run(args) : print(answer));
  }

  /**
   * What {@code option} prints when it is the only argument; null if it isn't one of the fast ones.
   */
  private static byte @Nullable [] fastAnswer(String option) {
    return switch (option) {
      case "-v", "--version" -> (Version.line() + "\n").getBytes(StandardCharsets.UTF_8);
      case "-h", "--help" -> helpText();
      default -> null;
    };
  }

  /** The help page, {@code Help.txt} beside this class. */
  static byte[] helpText() {
    try (InputStream text = Main.class.getResourceAsStream("Help.txt")) {
      if (text == null) {
        throw new IllegalStateException("Help.txt is missing from the build");
      }
      return text.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("Help.txt cannot be read", e);
    }
  }

  private static int print(byte[] answer) {
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write(answer);
      return 0;
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (reason.contains("Broken pipe")) {
        return BROKEN_PIPE;
      }
      PrintStream err = System.err;
      err.println("agent: cannot write to stdout: " + reason);
      return FAILURE;
    }
  }
}
