package dev.agent.tui.cell;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/**
 * What the launcher did before the JVM started: it has put the terminal into raw mode and tells its
 * size and what it was set to before, so that the first frame need not wait for native calls.
 *
 * @param settings the output of {@code stty -g}
 */
record TerminalHandover(int columns, int rows, String settings) {
  /** Holds "COLUMNS ROWS SETTINGS". */
  static final String VARIABLE = "AGENT_TERMINAL";

  /** Four words of flags, the line discipline, control characters. */
  private static final int CHARACTERS = 17;

  /** What the environment says; empty if it says nothing or nothing that can be understood. */
  static Optional<TerminalHandover> of(Map<String, String> environment) {
    String[] words = environment.getOrDefault(VARIABLE, "").split(" ");
    // The format of Linux; others are not understood, so their launcher hands nothing over.
    if (words.length != 3
        || !words[0].matches("[0-9]{1,4}")
        || !words[1].matches("[0-9]{1,4}")
        || !words[2].matches("[0-9a-f]{1,8}(:[0-9a-f]{1,8}){4,68}")) {
      return Optional.empty();
    }
    return Optional.of(
        new TerminalHandover(Integer.parseInt(words[0]), Integer.parseInt(words[1]), words[2]));
  }

  /** What the terminal was set to, made of what it is set to now: Linux's struct termios. */
  byte[] before(byte[] now) {
    byte[] before = now.clone();
    ByteBuffer struct = ByteBuffer.wrap(before).order(ByteOrder.nativeOrder());
    String[] words = settings.split(":");
    for (int i = 0; i < 4; i++) {
      struct.putInt(4 * i, Integer.parseUnsignedInt(words[i], 16));
    }
    for (int i = 4; i < words.length && i < 4 + 32; i++) {
      before[CHARACTERS + i - 4] = (byte) Integer.parseInt(words[i], 16);
    }
    return before;
  }
}
