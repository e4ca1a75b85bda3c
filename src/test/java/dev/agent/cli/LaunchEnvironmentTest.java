package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LaunchEnvironmentTest {
  static Stream<Arguments> environments() {
    return Stream.of(
        arguments(Map.of(), Map.of()),
        arguments(Map.of("A", "1", "LC_ALL", "de"), Map.of("A", "1", "LC_ALL", "de")),
        arguments(Map.of("LC_ALL", "C.UTF-8", "AGENT_KEEP_LC_ALL", "C"), Map.of("LC_ALL", "C")),
        arguments(Map.of("LC_ALL", "C.UTF-8", "AGENT_KEEP_LC_ALL", ""), Map.of()),
        arguments(Map.of("AGENT_KEEP_LC_ALL", ""), Map.of()),
        arguments(
            Map.of("AGENT_KEEP_JAVA_TOOL_OPTIONS", "-Da=b", "AGENT_KEEP__JAVA_OPTIONS", "-Dc=d"),
            Map.of("JAVA_TOOL_OPTIONS", "-Da=b", "_JAVA_OPTIONS", "-Dc=d")),
        arguments(Map.of("AGENT_KEPT", "x"), Map.of("AGENT_KEPT", "x")));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void whatTheLauncherChangedIsPutBack(Map<String, String> current, Map<String, String> expected) {
    assertThat(LaunchEnvironment.restored(current)).isEqualTo(expected);
  }
}
