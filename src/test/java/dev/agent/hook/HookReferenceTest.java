package dev.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.hook.Handler.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The reference page says the same as the code. */
class HookReferenceTest {
  static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Hook events

            Generated from `dev.agent.hook.HookEvent`; a test fails when it is stale. How hooks are written and what they \
            answer: [hooks guide](../guide/hooks.md).

            Every input has `session_id`, `transcript_path`, `cwd`, `permission_mode` and `hook_event_name`. The column \
            "raised" says whether this version has a place where the event happens; hooks for the others may be \
            configured and wait. "Block" is exit code 2 or `"decision": "block"`.

            | event | raised | matcher | further input | what a hook can do |
            |--|--|--|--|--|
            """);
    for (HookEvent event : HookEvent.values()) {
      page.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  event.wire(),
                  event.isRaised() ? "yes" : "not yet",
                  event.subject().isEmpty() ? "–" : "`" + event.subject() + "`",
                  event.input(),
                  event.power()));
    }
    page.append("\n| kind | usual time limit |\n|--|--|\n");
    List<Action> kinds =
        List.of(
            new Action.Command("", Optional.empty(), "bash"),
            new Action.Http("", Map.of(), List.of()),
            new Action.Prompt("", Optional.empty()),
            new Action.Agent("", Optional.empty()));
    for (Action kind : kinds) {
      page.append("| `%s` | %d s |\n".formatted(kind.kind(), kind.usualLimit().toSeconds()));
    }
    return page.append(
            """

            `UserPromptSubmit` hooks have 30 s, those of `SessionEnd` 1.5 s at most, whatever they ask for.
            """)
        .toString();
  }

  @Test
  void thePageIsWhatTheCodeSays() throws IOException {
    assertThat(Files.readString(Path.of("docs/reference/hooks.md"))).isEqualTo(page());
  }
}
