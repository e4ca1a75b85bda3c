package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.process.Processes;
import dev.agent.tui.UiLoop;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Background;
import dev.agent.tui.theme.Theme;
import dev.agent.tui.theme.Themes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real commands. */
class StatusLineTest {
  private static final Theme DARK = new Themes().find("dark", Background.DARK).orElseThrow();
  private static final ObjectNode FACTS = Json.object().put("session_id", "s-1");

  private final Processes processes =
      new Processes(
          Map.of("PATH", "/usr/bin:/bin", "TERM", "xterm", "NO_COLOR", ""),
          UUID.randomUUID().toString());
  private final BlockingQueue<StatusLine.Shown> shown = new LinkedBlockingQueue<>();
  private final StatusLine line =
      new StatusLine(
          processes, Map.of("TERM", "xterm"), task -> Thread.ofVirtual().start(task), shown::add);
  @TempDir Path dir;

  @AfterEach
  void leaveNothing() {
    line.close();
    processes.killAll();
  }

  private void start(String command, long now) {
    line.changed(now);
    line.take(
        Optional.of(new StatusLine.Command(command, 0, Optional.empty())),
        FACTS,
        dir,
        DARK,
        now + StatusLine.PAUSE);
  }

  private StatusLine.Shown next() throws InterruptedException {
    StatusLine.Shown next = shown.poll(30, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static List<String> texts(StatusLine.Shown shown) {
    return shown.rows().stream().map(Row::text).toList();
  }

  @Test
  void aCommandReadsTheFactsAndFillsTheRows() throws Exception {
    start("cat; echo; echo \"$TERM:$NO_COLOR\"; pwd", 0);

    StatusLine.Shown first = next();

    assertThat(first.fault()).isEmpty();
    assertThat(texts(first))
        .containsExactly("{\"session_id\":\"s-1\"}", "xterm:", dir.toRealPath().toString());
  }

  @Test
  void changesOfAMomentAreOneRun() throws Exception {
    line.changed(10);
    line.changed(20);

    assertThat(line.due()).isEqualTo(10 + StatusLine.PAUSE);
    line.take(Optional.empty(), FACTS, dir, DARK, 9 + StatusLine.PAUSE);
    assertThat(line.due()).isEqualTo(10 + StatusLine.PAUSE);
    line.take(Optional.empty(), FACTS, dir, DARK, 10 + StatusLine.PAUSE);

    assertThat(line.due()).isEqualTo(UiLoop.NEVER);
    assertThat(shown).isEmpty();
  }

  @Test
  void withoutACommandTheUsualFooterIsBack() throws Exception {
    start("echo x", 0);
    assertThat(texts(next())).containsExactly("x");

    line.changed(1);
    line.take(Optional.empty(), FACTS, dir, DARK, 1 + StatusLine.PAUSE);

    assertThat(next()).isEqualTo(new StatusLine.Shown(List.of(), Optional.empty()));
  }

  @Test
  void itCanRunAgainByItself() throws Exception {
    line.changed(0);
    line.take(
        Optional.of(new StatusLine.Command("echo x", 2, Optional.of(Duration.ofSeconds(5)))),
        FACTS,
        dir,
        DARK,
        StatusLine.PAUSE);

    assertThat(texts(next())).containsExactly("  x");
    assertThat(line.due()).isEqualTo(StatusLine.PAUSE + 5_000_000_000L);
  }

  @Test
  void theRunBeforeIsEndedWithAllItStarted() throws Exception {
    Path started = dir.resolve("started");
    Path late = dir.resolve("late");
    start("touch started; (sleep 20; touch late) & wait; echo one", 0);
    while (!Files.exists(started)) {
      Thread.onSpinWait();
    }
    start("echo two", 1_000_000_000);

    assertThat(texts(next())).containsExactly("two");
    assertThat(shown).isEmpty();
    assertThat(late).doesNotExist();
  }

  @Test
  void whatFailsIsSaidAndTheUsualFooterIsBack() throws Exception {
    start("echo x; echo broken >&2; exit 3", 0);

    assertThat(next())
        .isEqualTo(
            new StatusLine.Shown(
                List.of(),
                Optional.of(
                    "statusLine: \"echo x; echo broken >&2; exit 3\" ended with exit code 3:"
                        + " broken Mend the command, or take it away with /statusline off.")));
  }

  @Test
  void coloursStayAndEverythingElseThatIsNoTextGoes() {
    List<Row> rows = StatusLine.rows("\33[31mred\33[0m \33]0;title\7x\33[2J\nb\n\nd\n", 1, DARK);

    assertThat(rows.stream().map(Row::text)).containsExactly(" red x", " b");
    assertThat(rows.getFirst().spans().get(1).style()).isNotEqualTo(Style.PLAIN);
    assertThat(StatusLine.rows(" \n\n", 0, DARK)).isEmpty();
    assertThat(StatusLine.rows("x".repeat(100_000), 0, DARK)).hasSize(1);
  }
}
