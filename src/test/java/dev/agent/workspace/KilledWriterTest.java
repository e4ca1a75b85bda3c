package dev.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that edits without end is killed at random moments. */
class KilledWriterTest {
  private static final int KILLS = 12;

  @TempDir Path temporary;

  /** The process: arguments are the file and the directory of the history. */
  public static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0]);
      FileHistory history = FileHistory.reopen(Path.of(arguments[1]));
      FileWriter writer = new FileWriter(history);
      System.out.write('r');
      System.out.flush();
      for (int i = 0; ; i++) {
        history.checkpoint("m" + i);
        Overwriting.write(writer, file, content(i));
        if (i == 0) {
          System.out.write('w');
          System.out.flush();
        }
      }
    }
  }

  private static byte[] content(int i) {
    return ((char) ('a' + i % 26) + "")
        .repeat(20_000 + i % 5 * 10_000)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Where a class was loaded from: launchers of tests hide it from the class path property. */
  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void aKilledWriterLeavesTheOldOrTheNewContentAndNothingElse() throws Exception {
    Path work = Files.createDirectory(temporary.toRealPath().resolve("work"));
    Path file = work.resolve("file");
    Path store = work.resolveSibling("store");
    Random random = new Random(21);
    int edits = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  place(Writer.class) + java.io.File.pathSeparator + place(FileWriter.class),
                  Writer.class.getName(),
                  file.toString(),
                  store.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream out = process.getInputStream()) {
        assertThat(out.read()).isEqualTo('r');
        if (kill % 2 == 0) {
          assertThat(out.read()).isEqualTo('w');
        }
        LockSupport.parkNanos(random.nextInt(60_000_000));
      } finally {
        process.destroyForcibly().waitFor();
      }
      if (Files.exists(file)) {
        edits++;
        byte[] now = Files.readAllBytes(file);
        assertThat(now.length).isBetween(20_000, 60_000);
        assertThat(new String(now, StandardCharsets.US_ASCII)).matches("(.)\\1*+");
      }
      FileHistory again = FileHistory.reopen(store);
      try (Stream<Path> entries = Files.list(work)) {
        assertThat(entries).allMatch(entry -> entry.equals(file));
      }
      assertThat(again.checkpoints()).hasSizeLessThanOrEqualTo(FileHistory.MAX_CHECKPOINTS + 1);
    }
    assertThat(edits).isPositive();
    FileHistory last = FileHistory.reopen(store);
    FileHistory.Rewound rewound = last.rewind(last.checkpoints().getFirst());
    assertThat(rewound.skipped()).isEmpty();
  }
}
