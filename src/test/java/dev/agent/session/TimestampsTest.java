package dev.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-21T17:55:01Z",
        "2026-11-21T17:55:01.5Z",
        "2026-11-21T17:55:01.235871763Z",
        "2024-02-29T23:59:59.000000001Z",
        "0001-01-01T00:00:00.100Z",
        "2026-11-21T24:00:00Z",
        "2026-12-31T23:59:60Z",
        "2026-11-21T17:55:01+02:00",
      })
  void meansWhatItMeansToJava(String text) {
    assertThat(Timestamps.of(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-11-21T25:00:00Z",
        "2026-11-21T17:61:00Z",
      })
  void nonsenseIsTheEpoch(String text) {
    assertThat(Timestamps.of(text)).isEqualTo(Instant.EPOCH);
  }
}
