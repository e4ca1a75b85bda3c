package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.model.ModelReply;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusFactsTest {
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private static final StatusFacts.Session SESSION =
      new StatusFacts.Session(
          "id-1",
          "my task",
          Optional.of(Path.of("/data/id-1.jsonl")),
          Path.of("/proj/sub"),
          Path.of("/proj"),
          List.of(Path.of("/more")),
          "model-1",
          1000,
          new BigDecimal("0.25"),
          Optional.of("high"),
          true,
          "plan",
          "1.2");

  private final StatusFacts facts = new StatusFacts(START);

  private void happens(AgentEvent event, int second) {
    facts.accept(new InteractiveEvent.Agent(event), START.plusSeconds(second));
  }

  @Test
  void aNewSessionHasNoUsage() throws Exception {
    assertThat(json(facts.json(SESSION, Optional.of("NORMAL"), START.plusSeconds(2)).toString()))
        .isEqualTo(
            json(
                """
                {"hook_event_name": "Status", "session_id": "id-1", "session_name": "my task",
                 "transcript_path": "/data/id-1.jsonl", "cwd": "/proj/sub",
                 "model": {"id": "model-1", "display_name": "model-1"},
                 "workspace": {"current_dir": "/proj/sub", "project_dir": "/proj",
                   "added_dirs": ["/more"]},
                 "version": "1.2", "output_style": {"name": "default"},
                 "cost": {"total_cost_usd": 0.25, "total_duration_ms": 2000,
                   "total_api_duration_ms": 0, "total_lines_added": 0, "total_lines_removed": 0},
                 "context_window": {"total_input_tokens": 0, "total_output_tokens": 0,
                   "context_window_size": 1000, "used_percentage": 0, "remaining_percentage": 100,
                   "current_usage": null},
                 "exceeds_200k_tokens": false, "effort": {"level": "high"},
                 "thinking": {"enabled": true}, "permission_mode": "plan",
                 "vim": {"mode": "NORMAL"}}
                """));
  }

  @Test
  void requestsAndTheirTimeAreCounted() throws Exception {
    Usage usage = new Usage(100, 50, 200, 30, 20, 0, 0);
    happens(new AgentEvent.RequestStarted("model-1", 1), 1);
    happens(
        new AgentEvent.MessageCompleted(
            new ModelReply(
                "m", "model-1", Message.user(List.of()), "end_turn", usage, Map.of(), ""),
            Optional.empty()),
        4);

    JsonNode json = json(facts.json(SESSION, Optional.empty(), START.plusSeconds(9)).toString());

    assertThat(json.path("cost").path("total_api_duration_ms").asInt()).isEqualTo(3000);
    assertThat(json.path("context_window"))
        .isEqualTo(
            json(
                """
                {"total_input_tokens": 350, "total_output_tokens": 50, "context_window_size": 1000,
                 "used_percentage": 40, "remaining_percentage": 60,
                 "current_usage": {"input_tokens": 100, "output_tokens": 50,
                   "cache_creation_input_tokens": 50, "cache_read_input_tokens": 200}}
                """));
    assertThat(json.has("vim")).isFalse();
  }

  /** The same numbers in the same types: written and read again. */
  private static JsonNode json(String text) throws Exception {
    return Json.MAPPER.readTree(text);
  }
}
