package dev.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFuzzTest {
  @TempDir Path temp;

  @Test
  void noDressLetsAForbiddenCommandRunAndNothingFails() throws Exception {
    PolicyFuzz.Outcome outcome = new PolicyFuzz(temp.toRealPath()).run(7, 5_000);

    assertThat(outcome.allowed()).isEmpty();
    assertThat(outcome.failures()).isEmpty();
  }
}
