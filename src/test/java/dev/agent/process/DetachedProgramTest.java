package dev.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedProgramTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/bin:/bin", "ANTHROPIC_API_KEY", "secret");

  @TempDir Path dir;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsWhatItIsGiven() throws Exception {
    Path out = dir.resolve("out");

    var fault =
        new DetachedProgram(ENVIRONMENT)
            .feed(
                List.of(
                    "sh",
                    "-c",
                    "cat > \"$0\"; echo \"$X$ANTHROPIC_API_KEY\" >> \"$0\"",
                    out.toString()),
                Map.of("X", "x1"),
                bytes("text "));

    assertThat(fault).isEmpty();
    assertThat(out).hasContent("text x1");
  }

  @Test
  void whatItLeavesRunningIsNotWaitedForNorEnded() throws Exception {
    Path pid = dir.resolve("pid");

    var fault =
        new DetachedProgram(ENVIRONMENT)
            .feed(
                List.of("sh", "-c", "sleep 50 & echo $! > \"$0\"", pid.toString()),
                Map.of(),
                bytes(""));

    assertThat(fault).isEmpty();
    ProcessHandle left =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    assertThat(left.isAlive()).isTrue();
    left.destroyForcibly();
  }

  @Test
  void saysWhatWentWrong() throws Exception {
    DetachedProgram program = new DetachedProgram(ENVIRONMENT);

    assertThat(program.feed(List.of("sh", "-c", "exit 4"), Map.of(), bytes("x")))
        .contains("sh ended with exit code 4.");
    assertThat(program.feed(List.of("no-such-program"), Map.of(), bytes("x"))).isPresent();
  }

  @Test
  void bytesThatACommandPrintsComeWholeOrNotAtAll() throws Exception {
    Processes processes = new Processes(ENVIRONMENT, "bytes-" + java.util.UUID.randomUUID());
    List<String> command = List.of("sh", "-c", "printf '\\377\\000x'; echo no >&2");
    Duration limit = Duration.ofSeconds(30);

    assertThat(processes.bytes(command, dir, limit, 3).orElseThrow()).containsExactly(0xFF, 0, 'x');
    assertThat(processes.bytes(command, dir, limit, 2)).isEmpty();
    assertThat(processes.bytes(List.of("sh", "-c", "echo x; exit 1"), dir, limit, 9)).isEmpty();
    processes.killAll();
  }
}
