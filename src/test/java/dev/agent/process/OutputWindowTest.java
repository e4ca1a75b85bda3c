package dev.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputWindowTest {
  @Test
  void what_fits_is_kept_whole_and_what_does_not_keeps_both_ends() {
    Random random = new Random(3);
    for (int round = 0; round < 400; round++) {
      int capacity = 2 + random.nextInt(60);
      OutputWindow window = new OutputWindow(capacity);
      StringBuilder all = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        StringBuilder piece = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--) {
          piece.append((char) ('a' + random.nextInt(26)));
        }
        byte[] bytes = ("#" + piece).getBytes(StandardCharsets.US_ASCII);
        window.append(bytes, 1, bytes.length - 1);
        all.append(piece);
      }
      assertThat(window.length()).isEqualTo(all.length());
      if (all.length() <= capacity) {
        assertThat(window.text()).isEqualTo(all.toString());
      } else {
        int head = capacity / 2;
        int tail = capacity - head;
        assertThat(window.text())
            .isEqualTo(
                all.substring(0, head)
                    + "\n[… "
                    + (all.length() - capacity)
                    + " bytes left out …]\n"
                    + all.substring(all.length() - tail));
      }
    }
  }
}
