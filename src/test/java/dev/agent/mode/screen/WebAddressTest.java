package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.view.Screen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
  private static Screen screen(Row... rows) {
    return new Screen(List.of(rows), Optional.empty(), Map.of(), List.of());
  }

  private static Optional<String> click(String text, int column) {
    return WebAddress.at(screen(Row.of(text, Style.PLAIN)), column, 0);
  }

  @Test
  void aLinkLeadsWhereItSays() {
    Row row =
        Row.of(
            Span.of("see ", Style.PLAIN),
            new Span("it", Style.PLAIN, "https://a.example/x", false));

    assertThat(WebAddress.at(screen(row), 4, 0)).contains("https://a.example/x");
    assertThat(WebAddress.at(screen(row), 1, 0)).isEmpty();
    assertThat(WebAddress.at(screen(row), 4, 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mailto:a@example.org",
        "file:///etc/passwd",
        "javascript:x",
        "https://",
        "http:/x"
      })
  void otherKindsOfLinksAreNotOpened(String link) {
    Row row = Row.of(new Span("it", Style.PLAIN, link, false));

    assertThat(WebAddress.at(screen(row), 0, 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "See https://a.example/x. | https://a.example/x",
        "(https://a.example/x)    | https://a.example/x",
        "at https://a.example/(x) | https://a.example/(x)",
        "at HTTP://a.example:80/? | HTTP://a.example:80/",
        "日本 https://a.example/「   | https://a.example/",
      })
  void anAddressIsFoundAsItIsWritten(String text, String address) {
    assertThat(click(text, 8)).contains(address);
    assertThat(click(text, 0)).isEmpty();
  }

  @Test
  void halfAnAddressIsNotOpened() {
    Row first = Row.of("  https://a.example/long", Style.PLAIN);
    Row rest = new Row(List.of(Span.of("er", Style.PLAIN)), true, Style.PLAIN);

    assertThat(WebAddress.at(screen(first, rest), 5, 0)).isEmpty();
    assertThat(WebAddress.at(screen(first, Row.BLANK), 5, 0)).isPresent();
    assertThat(click("https://a.example/caf\u00e9", 3)).isEmpty();
  }
}
