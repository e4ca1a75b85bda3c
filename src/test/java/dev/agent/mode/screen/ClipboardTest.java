package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipboardTest {
  private static Clipboard clipboard(Map<String, String> environment, Set<String> installed) {
    return new Clipboard(environment, TerminalKind.of(environment), installed::contains);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theTerminalTakesTheTextAndThePersonIsTold() {
    Clipboard.Copy copy = clipboard(Map.of(), Set.of()).copy("héé 😀");

    assertThat(copy)
        .isEqualTo(
            new Clipboard.Copy(
                "\33]52;c;" + base64("héé 😀") + "\7", Optional.empty(), "copied 5 chars"));
    assertThat(clipboard(Map.of(), Set.of()).copy("x").said()).isEqualTo("copied 1 char");
    assertThat(clipboard(Map.of(), Set.of()).copy("").said()).isEqualTo("there is nothing to copy");
  }

  @Test
  void tmuxHandsItOnWithItsEscapesDoubled() {
    Map<String, String> tmux = Map.of("TMUX", "/tmp/s,1,0", "TERM", "tmux-256color");

    assertThat(clipboard(tmux, Set.of()).copy("a").sequence())
        .isEqualTo("\33Ptmux;\33\33]52;c;" + base64("a") + "\7\33\\");
  }

  @Test
  void screenHandsItOnInPieces() {
    String text = "x".repeat(2000);

    String sequence = clipboard(Map.of("TERM", "screen"), Set.of()).copy(text).sequence();

    String[] pieces = sequence.split("\33\\\\", -1);
    assertThat(Arrays.asList(pieces).subList(0, pieces.length - 1))
        .hasSizeGreaterThan(4)
        .allMatch(piece -> piece.startsWith("\33P") && piece.length() <= 502);
    assertThat(sequence.replace("\33P", "").replace("\33\\", ""))
        .isEqualTo("\33]52;c;" + base64(text) + "\7");
  }

  @Test
  void whatIsTooLongForTheTerminalNeedsATool() {
    String most = "x".repeat(Clipboard.MAX_BYTES);
    Map<String, String> wayland = Map.of("WAYLAND_DISPLAY", "w");

    assertThat(clipboard(Map.of(), Set.of()).copy(most).sequence()).hasSizeLessThan(100_010);
    assertThat(clipboard(Map.of(), Set.of()).copy(most + "x"))
        .isEqualTo(
            new Clipboard.Copy(
                "",
                Optional.empty(),
                "74995 chars are too many for the terminal's clipboard (74 KB), and no tool for it"
                    + " was found"));
    assertThat(clipboard(wayland, Set.of("wl-copy")).copy(most + "x"))
        .isEqualTo(
            new Clipboard.Copy(
                "", Optional.of(new Clipboard.Tool("wl-copy")), "copied 74995 chars"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DISPLAY=:0 | xclip xsel | xclip -selection clipboard",
        "DISPLAY=:0 | xsel | xsel --clipboard --input",
        "DISPLAY=:0 WAYLAND_DISPLAY=w | wl-copy xclip | wl-copy",
        "A=b | wl-copy xclip xsel clip.exe | none",
        "A=b | pbcopy tmux | pbcopy",
        "WSL_DISTRO_NAME=u | clip.exe | clip.exe",
        "SSH_TTY=/dev/pts/1 DISPLAY=:0 | xclip pbcopy | none",
        "SSH_CONNECTION=x DISPLAY=:0 TMUX=t | xclip tmux | tmux load-buffer -w -",
        "DISPLAY=:0 TMUX=t | xclip tmux | xclip -selection clipboard",
      })
  void theToolIsThatOfTheDesktop(String variables, String installed, String command) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ")) {
      environment.put(
          variable.substring(0, variable.indexOf('=')),
          variable.substring(variable.indexOf('=') + 1));
    }

    Optional<Clipboard.Tool> tool =
        clipboard(environment, Set.of(installed.split(" "))).copy("x").tool();

    assertThat(tool.map(Clipboard.Tool::command).orElse(List.of("none")))
        .containsExactly(command.split(" "));
  }

  @Test
  void windowsGetsItsOwnCharacters() {
    Clipboard.Tool tool =
        clipboard(Map.of("WSL_DISTRO_NAME", "u"), Set.of("clip.exe"))
            .copy("é")
            .tool()
            .orElseThrow();

    assertThat(tool.input("é")).containsExactly(0xE9, 0);
  }
}
