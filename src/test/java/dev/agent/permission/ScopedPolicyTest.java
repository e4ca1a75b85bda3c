package dev.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopedPolicyTest {
  private static final Path HOME = Path.of("/home");
  private static final Rule GIT = new Rule("Bash", "git *", "a file", HOME);
  private static final Rule READ = new Rule("Read", "", "a file", HOME);
  private static final Policy BASE = new Policy(List.of(), List.of(), List.of(GIT), HOME);

  private final ScopedPolicy policy = new ScopedPolicy(() -> BASE);

  @Test
  void rulesAllowUntilTheirScopeIsClosed() {
    ScopedPolicy.Scope outer = policy.allowing(List.of(READ));
    try (ScopedPolicy.Scope _ = policy.allowing(List.of(GIT))) {
      assertThat(policy.get().allow()).containsExactly(READ, GIT);
    }
    assertThat(policy.get().allow()).containsExactly(READ);
    outer.close();
    outer.close();
    assertThat(policy.get()).isEqualTo(BASE);
  }

  @Test
  void twoScopesOfTheSameRulesAreTwo() {
    ScopedPolicy.Scope first = policy.allowing(List.of(READ));
    ScopedPolicy.Scope second = policy.allowing(List.of(READ));
    first.close();
    assertThat(policy.get().allow()).containsExactly(READ);
    second.close();
    assertThat(policy.get().allow()).isEmpty();
  }

  @Test
  void whatForbidsIsNotTouched() {
    try (ScopedPolicy.Scope _ = policy.allowing(List.of(GIT))) {
      assertThat(policy.get().deny()).containsExactly(GIT);
    }
  }
}
