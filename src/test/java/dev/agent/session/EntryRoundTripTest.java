package dev.agent.session;

import static dev.agent.session.SessionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.json.Json;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EntryRoundTripTest {

  static Stream<Entry> entries() {
    Usage usage = new Usage(1, 2, 3, 4, 5, 6, 7);
    return Stream.of(
        new Entry.Meta("/w/ü", "0.1", "m", "main", "T"),
        prompt("hello\nworld"),
        results(result("t", "x")),
        new Entry.User(Message.user("go on"), Entry.Origin.CONTINUATION),
        new Entry.User(Message.user("note"), Entry.Origin.REMINDER),
        new Entry.Assistant(
            Message.assistant(List.of(use("t", "Read"))),
            "msg",
            "req",
            "model",
            "tool_use",
            usage,
            Optional.of(new BigDecimal("0.012345"))),
        reply(),
        intent("t", "Edit"),
        outcome("t", "ok"),
        new Entry.ToolOutcome("t", result("t", "no"), Entry.Status.FAILED),
        new Entry.ToolOutcome("t", result("t", "no"), Entry.Status.CANCELLED),
        new Entry.CompactBoundary(
            "h", "a", "t", "sum", List.of(Message.user("sum")), true, "manual", 5, 3),
        new Entry.Rewound("u"),
        new Entry.Discarded("u", "why"),
        new Entry.ForkedFrom("s", "s.jsonl", 12, "leaf"),
        new Entry.Notice("warn", "careful"),
        new Entry.Title("A title"),
        new Entry.FileSnapshot("c", "/w/a", "abc@v1", "sha256:0", 0644),
        new Entry.ReadStateSnapshot(Map.of("/w/a", "sha256:0")),
        new Entry.PermissionDecision("t", "Bash", "deny", "deny rules", "because"),
        new Entry.UsageLedger(3, new BigDecimal("1.25"), Map.of("m", usage)),
        new Entry.Unknown(Json.object().put("type", "later").put("x", 1)));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void anEntryComesBackAsItWas(Entry entry) {
    Line line =
        new Line(7, uuid(1), uuid(2), Instant.parse("2026-03-01T10:00:00.123Z"), uuid(3), entry);
    byte[] bytes = new LineCodec(List.of()).encode(line);
    assertThat(bytes[bytes.length - 1]).isEqualTo((byte) '\n');
    byte[] body = Arrays.copyOf(bytes, bytes.length - 1);
    assertThat(body).doesNotContain((byte) '\n');
    Line back = LineCodec.decode(body);
    if (entry instanceof Entry.Unknown) {
      // What is not known comes back whole; writing it again gives the same bytes.
      assertThat(new LineCodec(List.of()).encode(back)).isEqualTo(bytes);
    } else {
      assertThat(back).isEqualTo(line);
    }
  }

  @Test
  void everyKindOfEntryIsInTheTable() {
    Set<String> kinds =
        entries().map(entry -> entry.getClass().getSimpleName()).collect(Collectors.toSet());
    assertThat(kinds)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Entry.class.getPermittedSubclasses()).map(Class::getSimpleName).toList());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void noByteCanChangeUnnoticed(Entry entry) {
    Line line = new Line(7, uuid(1), "", Instant.EPOCH, uuid(3), entry);
    byte[] bytes = new LineCodec(List.of()).encode(line);
    byte[] body = Arrays.copyOf(bytes, bytes.length - 1);
    Line original = LineCodec.decode(body);
    for (int i = 0; i < body.length; i++) {
      byte[] changed = body.clone();
      changed[i] ^= 1;
      Line back;
      try {
        back = LineCodec.decode(changed);
      } catch (IllegalArgumentException e) {
        continue;
      }
      // Only a flip in the checksum member's own name or frame can pass, and that changes nothing.
      assertThat(back.entry())
          .as("byte %s", i)
          .satisfiesAnyOf(
              e -> assertThat(e).isEqualTo(original.entry()),
              e -> assertThat(e).isInstanceOf(Entry.Unknown.class));
      assertThat(i).isGreaterThan(body.length - 20);
    }
  }
}
