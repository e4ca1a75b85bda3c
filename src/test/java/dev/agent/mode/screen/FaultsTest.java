package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.session.SpillFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  @TempDir Path dir;

  private Faults faults(Path at) {
    return new Faults(new SpillFiles(at, 1_000_000, 100_000, 0), () -> "0123456789");
  }

  @Test
  void aFaultIsTellableInOneLineAndItsTraceIsKept() throws Exception {
    Faults.Seen seen = faults(dir.resolve("faults")).take(new IllegalStateException("a\nb"), 0);

    Path file = dir.resolve("faults/fault-01234567.txt");
    assertThat(seen.said())
        .isEqualTo(
            "A fault of the screen, 01234567: IllegalStateException. More stands in " + file + ".");
    assertThat(seen.isTooMany()).isFalse();
    assertThat(Files.readString(file)).contains("FaultsTest.aFault", "a\nb");
    assertThat(Files.getPosixFilePermissions(file.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void faultsThatComeFastEndTheScreenAndOthersDoNot() {
    Faults fast = faults(dir);
    Faults slow = faults(dir);
    boolean ended = false;
    for (int i = 0; i <= Faults.BORNE; i++) {
      assertThat(ended).isFalse();
      ended = fast.take(new RuntimeException(), 1_000L * i).isTooMany();
      assertThat(slow.take(new RuntimeException(), Faults.WINDOW * i).isTooMany()).isFalse();
    }
    assertThat(ended).isTrue();
  }

  @Test
  void aDiskThatTakesNothingIsNoFurtherFault() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "");

    assertThat(faults(file.resolve("below")).take(new RuntimeException(), 0).said())
        .isEqualTo("A fault of the screen, 01234567: RuntimeException.");
  }
}
