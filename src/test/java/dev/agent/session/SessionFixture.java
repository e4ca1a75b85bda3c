package dev.agent.session;

import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.runtime.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Building blocks for session tests: counting ids, a fixed clock, random but seeded histories. */
final class SessionFixture {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
  static final Entry.Meta META = new Entry.Meta("/w/shop", "0.1.0", "claude-x", "main", "");

  private SessionFixture() {}

  static Ids ids() {
    AtomicLong next = new AtomicLong();
    return () -> uuid(next.incrementAndGet());
  }

  static Ids ids(long seed) {
    Random random = new Random(seed);
    return () -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
  }

  static String uuid(long n) {
    return String.format("%08x-0000-4000-8000-%012x", n, n);
  }

  /** A directory of a session's own files, made as the product makes it. */
  static Path filesOf(Path journal, String purpose) throws IOException {
    Path directory = journal.resolveSibling(Sessions.id(journal)).resolve(purpose);
    PrivateFiles.createDirectories(directory);
    return directory;
  }

  static Sessions sessions(Path data, List<String> notices) {
    return new Sessions(data, ids(System.nanoTime()), CLOCK, List.of(), notices::add);
  }

  static Entry.User prompt(String text) {
    return new Entry.User(Message.user(text), Entry.Origin.PROMPT);
  }

  static Entry.User results(ContentBlock... results) {
    return new Entry.User(Message.user(List.of(results)), Entry.Origin.TOOL_RESULTS);
  }

  static Entry.Assistant reply(ContentBlock... blocks) {
    return reply("msg_x", "end_turn", blocks);
  }

  static Entry.Assistant reply(String id, String stop, ContentBlock... blocks) {
    return new Entry.Assistant(
        Message.assistant(List.of(blocks)),
        id,
        "req_1",
        "claude-x",
        stop,
        Usage.ZERO,
        Optional.empty());
  }

  static ContentBlock.ToolUse use(String id, String name) {
    return new ContentBlock.ToolUse(id, name, Json.object().put("file_path", "/w/shop/a.txt"));
  }

  static Entry.ToolIntent intent(String id, String name) {
    return new Entry.ToolIntent(
        id,
        name,
        Json.object().put("file_path", "/w/shop/a.txt"),
        "writes",
        List.of("/w/shop/a.txt"),
        Map.of("/w/shop/a.txt", "absent"));
  }

  static ContentBlock.ToolResult result(String id, String text) {
    return ContentBlock.ToolResult.text(id, text, false);
  }

  static Entry.ToolOutcome outcome(String id, String text) {
    return new Entry.ToolOutcome(id, result(id, text), Entry.Status.DONE);
  }

  /**
   * A random session as the loop would write it: turns with tool calls, partial replies, reminders,
   * compactions. Adds what is sent to {@code sent}.
   */
  static void write(SessionLog log, Random random, int turns, List<Message> sent) {
    log.append(META);
    int calls = random.nextInt(1_000_000) * 1000;
    for (int turn = 0; turn < turns; turn++) {
      user(log, sent, prompt("Prompt " + turn + " " + noise(random)));
      int steps = random.nextInt(4);
      for (int step = 0; step < steps; step++) {
        String id = "msg_" + calls;
        List<ContentBlock> all = new ArrayList<>();
        List<ContentBlock> part = new ArrayList<>();
        List<ContentBlock> results = new ArrayList<>();
        if (random.nextBoolean()) {
          part.add(new ContentBlock.Thinking("hm " + noise(random), "sig" + calls));
        }
        part.add(new ContentBlock.Text("I look. " + noise(random)));
        int uses = 1 + random.nextInt(3);
        for (int i = 0; i < uses; i++) {
          ContentBlock.ToolUse use =
              use("toolu_" + calls++, random.nextBoolean() ? "Edit" : "Read");
          part.add(use);
          if (use.name().equals("Edit")) {
            log.append(reply(id, "", part.toArray(ContentBlock[]::new)));
            all.addAll(part);
            part.clear();
            log.append(intent(use.id(), use.name()));
            Entry.ToolOutcome outcome = outcome(use.id(), "done " + noise(random));
            log.append(outcome);
            results.add(outcome.result());
          } else {
            results.add(result(use.id(), "read " + noise(random)));
          }
        }
        log.append(reply(id, "tool_use", part.toArray(ContentBlock[]::new)));
        all.addAll(part);
        sent.add(Message.assistant(all));
        user(log, sent, new Entry.User(Message.user(results), Entry.Origin.TOOL_RESULTS));
      }
      Entry.Assistant last =
          reply(
              "msg_end" + turn + "_" + calls,
              "end_turn",
              new ContentBlock.Text("Done. " + noise(random)));
      log.append(last);
      sent.add(last.message());
      log.append(
          new Entry.UsageLedger(
              turn + 1,
              new java.math.BigDecimal("0.25"),
              Map.of("claude-x", new Usage(1, 2, 3, 4, 5, 0, 0))));
    }
  }

  private static void user(SessionLog log, List<Message> sent, Entry.User entry) {
    log.append(entry);
    sent.add(entry.message());
  }

  static String noise(Random random) {
    String[] parts = {
      "plain",
      "ünï",
      "\n",
      "\"quoted\"",
      "\\",
      "日本",
      "😀",
      "\t",
      "\u0000",
      "\u2028",
      "x".repeat(random.nextInt(60))
    };
    StringBuilder out = new StringBuilder("n");
    for (int i = random.nextInt(6); i > 0; i--) {
      out.append(parts[random.nextInt(parts.length)]);
    }
    return out.toString();
  }
}
