package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.screen.Notifier.Notice;
import dev.agent.mode.screen.Notifier.Setting;
import dev.agent.tui.UiLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifierTest {
  private static final Notice BELL = new Notice.Sequence("\7");

  private static Notifier notifier(Setting setting) {
    return new Notifier(TerminalKind.of(Map.of("TERM", "xterm")), setting);
  }

  private static Notifier away(Setting setting) {
    Notifier notifier = notifier(setting);
    notifier.focused(false);
    return notifier;
  }

  @Test
  void theEndOfALongTurnIsTold() {
    Notifier notifier = away(Setting.AUTO);
    notifier.begins(5);
    notifier.begins(Notifier.LONG_TURN);

    assertThat(notifier.ends("task", 5 + Notifier.LONG_TURN)).contains(BELL);
    assertThat(notifier.ends("task", 9 + Notifier.LONG_TURN)).isEmpty();
  }

  @Test
  void theEndOfAShortOneIsNot() {
    Notifier notifier = away(Setting.AUTO);
    notifier.begins(5);

    assertThat(notifier.ends("task", 4 + Notifier.LONG_TURN)).isEmpty();
  }

  @Test
  void aQuestionThatWaitsIsToldOnce() {
    Notifier notifier = away(Setting.AUTO);
    assertThat(notifier.due()).isEqualTo(UiLoop.NEVER);
    notifier.asks("Bash", 7);
    notifier.asks("Edit", 9);

    assertThat(notifier.due()).isEqualTo(7 + Notifier.PATIENCE);
    assertThat(notifier.take(6 + Notifier.PATIENCE)).isEmpty();
    assertThat(notifier.take(7 + Notifier.PATIENCE)).contains(BELL);
    assertThat(notifier.due()).isEqualTo(UiLoop.NEVER);
  }

  @Test
  void anAnsweredQuestionIsNot() {
    Notifier notifier = away(Setting.AUTO);
    notifier.asks("Bash", 7);
    notifier.answered();

    assertThat(notifier.due()).isEqualTo(UiLoop.NEVER);
    assertThat(notifier.take(Notifier.PATIENCE * 2)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, unknown, false", "AUTO, gained, false", "AUTO, lost, true",
    "BELL, unknown, true", "BELL, gained, false", "BELL, lost, true",
    "COMMAND, unknown, true", "COMMAND, gained, false", "COMMAND, lost, true",
    "OFF, unknown, false", "OFF, gained, false", "OFF, lost, false",
  })
  void whoLooksIsNotTold(Setting setting, String focus, boolean told) {
    Notifier notifier = notifier(setting);
    if (!focus.equals("unknown")) {
      notifier.focused(focus.equals("gained"));
    }
    notifier.begins(0);

    Optional<Notice> notice = notifier.ends("the task", Notifier.LONG_TURN);

    assertThat(notice.isPresent()).isEqualTo(told);
    if (told && setting == Setting.COMMAND) {
      assertThat(notice).contains(new Notice.Command("Done: the task"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TERM_PROGRAM=iTerm.app | ^]9;agent: Done: a;b~",
        "TERM_PROGRAM=WezTerm | ^]9;agent: Done: a;b~",
        "WT_SESSION=1 | ^]9;agent: Done: a;b~",
        "VTE_VERSION=7600 | ^]777;notify;agent;Done: a,b^\\",
        "TERM=foot-extra | ^]777;notify;agent;Done: a,b^\\",
        "TERM=xterm-kitty | ^]99;i=agent:d=0:o=unfocused;agent^\\^]99;i=agent:p=body;Done: a;b^\\",
        "TERM=xterm-256color | ~",
        "TMUX=t KITTY_WINDOW_ID=1 | ~",
      })
  void eachTerminalIsTalkedToInItsOwnWay(String variables, String bytes) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ")) {
      String[] parts = variable.split("=");
      environment.put(parts[0], parts[1]);
    }
    Notifier notifier = new Notifier(TerminalKind.of(environment), Setting.AUTO);
    notifier.focused(false);
    notifier.begins(0);

    assertThat(notifier.ends("a;b", Notifier.LONG_TURN))
        .contains(new Notice.Sequence(bytes.replace('^', (char) 27).replace('~', (char) 7)));
  }

  @Test
  void textsCannotBringTheirOwnSequences() {
    Notifier notifier = away(Setting.COMMAND);
    notifier.begins(0);

    assertThat(
            notifier.ends(
                "a\33]52;c;x\7\u009c\u202eb\n\n  c" + "d".repeat(500), Notifier.LONG_TURN))
        .hasValueSatisfying(
            it -> {
              assertThat(((Notice.Command) it).text()).startsWith("Done: a]52;c;xb cddd");
              assertThat(((Notice.Command) it).text()).hasSizeLessThan(130);
            });
  }
}
