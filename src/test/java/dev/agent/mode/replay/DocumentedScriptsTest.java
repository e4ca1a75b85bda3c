package dev.agent.mode.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show as a script is one. */
class DocumentedScriptsTest {
  private static final Pattern FENCED = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  static List<String> examples() throws IOException {
    List<String> found = new ArrayList<>();
    for (String page :
        List.of("docs/guide/record-and-replay.md", "docs/reference/replay-script.md")) {
      Matcher matcher = FENCED.matcher(Files.readString(Path.of(page)));
      while (matcher.find()) {
        if (!matcher.group(1).contains("…")) {
          found.add(matcher.group(1));
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(1);
    return found;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesAreValid(String example) {
    assertThat(Script.parse("example", example, 0)).isNotNull();
  }
}
