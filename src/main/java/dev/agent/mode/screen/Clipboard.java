package dev.agent.mode.screen;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a text gets into the clipboard: by the terminal (OSC 52, which also works from afar), and by
 * a tool where terminal and program are on one machine. Starts and writes nothing. Immutable.
 */
final class Clipboard {
  /**
   * The longest text (in bytes) that goes through the terminal: 100,000 bytes of a sequence are
   * what terminals take at the least.
   */
  static final int MAX_BYTES = 74_994;

  private final Map<String, String> environment;
  private final TerminalKind terminal;
  private final Predicate<String> installed;

  /**
   * A program that puts what it reads into the clipboard.
   *
   * @param extra variables that it needs
   */
  record Tool(List<String> command, Map<String, String> extra, Charset charset) {
    Tool(String... command) {
      this(List.of(command), Map.of(), StandardCharsets.UTF_8);
    }

    byte[] input(String text) {
      return text.getBytes(charset);
    }
  }

  /**
   * What to do.
   *
   * @param sequence for the terminal; empty = none
   * @param tool to be fed with the text
   * @param said what the person is told
   */
  record Copy(String sequence, Optional<Tool> tool, String said) {}

  /**
   * @param installed whether there is a program of this name
   */
  Clipboard(Map<String, String> environment, TerminalKind terminal, Predicate<String> installed) {
    this.environment = Map.copyOf(environment);
    this.terminal = terminal;
    this.installed = installed;
  }

  /** How to copy a text. */
  Copy copy(String text) {
    if (text.isEmpty()) {
      return new Copy("", Optional.empty(), "there is nothing to copy");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int characters = text.codePointCount(0, text.length());
    String amount = characters == 1 ? "1 char" : characters + " chars";
    Optional<Tool> tool = tool();
    if (bytes.length <= MAX_BYTES) {
      return new Copy(sequence(bytes), tool, "copied " + amount);
    }
    return tool.isPresent()
        ? new Copy("", tool, "copied " + amount)
        : new Copy(
            "",
            tool,
            amount
                + " are too many for the terminal's clipboard ("
                + MAX_BYTES / 1000
                + " KB), and no tool for it was found");
  }

  private String sequence(byte[] text) {
    return terminal.wrapped("\33]52;c;" + Base64.getEncoder().encodeToString(text) + "\7");
  }

  /** The tool of this machine's desktop; over SSH that is somebody else's. */
  private Optional<Tool> tool() {
    Optional<Tool> local = terminal.remote() ? Optional.empty() : local();
    // tmux hands on what it is given in this way even where it lets no sequences through.
    return local.or(
        () ->
            environment.containsKey("TMUX") && installed.test("tmux")
                ? Optional.of(
                    new Tool(
                        List.of("tmux", "load-buffer", "-w", "-"),
                        Map.of("TMUX", environment.getOrDefault("TMUX", "")),
                        StandardCharsets.UTF_8))
                : Optional.empty());
  }

  private Optional<Tool> local() {
    if (installed.test("pbcopy")) {
      // It goes by the locale, which is none at all in many terminals.
      return Optional.of(
          new Tool(List.of("pbcopy"), Map.of("LC_CTYPE", "UTF-8"), StandardCharsets.UTF_8));
    }
    if (environment.containsKey("WAYLAND_DISPLAY") && installed.test("wl-copy")) {
      return Optional.of(new Tool("wl-copy"));
    }
    if (environment.containsKey("DISPLAY") && installed.test("xclip")) {
      return Optional.of(new Tool("xclip", "-selection", "clipboard"));
    }
    if (environment.containsKey("DISPLAY") && installed.test("xsel")) {
      return Optional.of(new Tool("xsel", "--clipboard", "--input"));
    }
    return environment.containsKey("WSL_DISTRO_NAME") && installed.test("clip.exe")
        ? Optional.of(new Tool(List.of("clip.exe"), Map.of(), StandardCharsets.UTF_16LE))
        : Optional.empty();
  }
}
