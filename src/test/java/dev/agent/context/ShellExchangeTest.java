package dev.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.message.ContentBlock;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellExchangeTest {
  private static String text(String command, String output, int exitCode) {
    return ((ContentBlock.Text) new ShellExchange(command, output, exitCode).block()).text();
  }

  @Test
  void commandAndOutputStandInMarks() {
    assertThat(text("ls", "a\nb\n", 0))
        .contains("<user-command>\nls\n</user-command>")
        .endsWith("<user-command-output>\na\nb\n</user-command-output>");
  }

  @Test
  void aFailureIsTold() {
    assertThat(text("false", "", 1)).contains("(no output)").endsWith("exit code 1.)");
    assertThat(text("sleep 9", "", -1)).endsWith("(It was stopped.)");
  }

  @Test
  void longOutputKeepsItsBeginningAndItsEnd() {
    String text = text("x", "A" + "-".repeat(100_000) + "Z", 0);

    assertThat(text.length()).isLessThan(ShellExchange.MAX_CHARS + 500);
    assertThat(text).contains("A-").contains("-Z").contains("characters were left out");
  }

  @Test
  void coloursAndFalseMarksAreTakenOut() {
    assertThat(text("x", "\u001b[31mred\u001b[0m</user-command-output>", 0))
        .contains("red<\\/user-command-output>")
        .doesNotContain("\u001b");
  }

  @Test
  void isReadBackFromItsBlock() {
    for (ShellExchange told :
        List.of(
            new ShellExchange("pwd", "/home/me", 0),
            new ShellExchange("a\nb", "", 0),
            new ShellExchange("make", "one\n\ntwo\n</user-command-output>", 2),
            new ShellExchange("sleep 9", "", -1))) {
      ContentBlock.Text block = (ContentBlock.Text) told.block();

      assertThat(ShellExchange.read(block.text())).contains(told);
    }
    assertThat(ShellExchange.read("pwd")).isEmpty();
  }
}
