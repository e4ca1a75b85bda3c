package dev.agent.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds a session from its journal: reads the lines that are whole, follows the chain of the
 * conversation, mends what damage has broken, and answers tool calls that were left open. Changes
 * nothing on disk; may be used while another process writes.
 */
public final class SessionLoader {
  /** Forks of forks; more are taken for a circle. */
  private static final int MAX_FORKS = 50;

  private final EffectProbe probe;

  public SessionLoader(EffectProbe probe) {
    this.probe = probe;
  }

  /**
   * Reads a journal.
   *
   * @throws IOException when the file can't be read at all; damage inside it is no exception but a
   *     {@link Problem}
   */
  public LoadedSession load(Path file) throws IOException {
    List<Problem> problems = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    read(file, Long.MAX_VALUE, lines, problems, 0);
    Map<String, Entry.ToolIntent> intents = new HashMap<>();
    Map<String, Entry.ToolOutcome> outcomes = new HashMap<>();
    Entry.Meta meta = new Entry.Meta("", "", "", "", "");
    Entry.UsageLedger ledger = LoadedSession.NO_LEDGER;
    String title = "";
    long seq = 0;
    for (Line line : lines) {
      seq = Math.max(seq, line.seq());
      switch (line.entry()) {
        case Entry.Meta e -> meta = e;
        case Entry.Title e -> title = e.text();
        case Entry.UsageLedger e -> ledger = e;
        case Entry.ToolIntent e -> intents.put(e.toolUseId(), e);
        case Entry.ToolOutcome e -> outcomes.put(e.toolUseId(), e);
        default -> {}
      }
    }
    Chain.Result chain = new Chain(lines, intents.keySet(), outcomes, problems).follow();
    ConversationRepair repair =
        new ConversationRepair(new OpenCalls(intents, outcomes, probe), problems);
    repair.run(chain.steps());
    String name = file.getFileName().toString();
    return new LoadedSession(
        name.endsWith(".jsonl") ? name.substring(0, name.length() - 6) : name,
        meta,
        title.isEmpty() ? meta.title() : title,
        repair.conversation(),
        lines,
        problems,
        repair.openTools(),
        repair.repairs(),
        ledger,
        seq,
        chain.leaf());
  }

  private static void read(
      Path file, long limit, List<Line> lines, List<Problem> problems, int depth)
      throws IOException {
    Map<String, Line> seen = new HashMap<>();
    List<Entry.ForkedFrom> parents = new ArrayList<>();
    List<Line> own = new ArrayList<>();
    String prefix = depth == 0 ? "" : "in " + file.getFileName() + ": ";
    Journal.read(
        file,
        limit,
        (number, bytes, whole) -> {
          if (bytes.length == 0) {
            return;
          }
          Line line;
          try {
            line = LineCodec.decode(bytes);
          } catch (IllegalArgumentException e) {
            problems.add(
                new Problem(
                    number,
                    prefix
                        + (whole
                            ? "damaged and left out: "
                            : "the last line is torn and left out: ")
                        + e.getMessage()));
            return;
          }
          Line twin = seen.putIfAbsent(line.uuid(), line);
          if (twin != null) {
            problems.add(
                new Problem(
                    number,
                    prefix
                        + (twin.equals(line)
                            ? "is there twice"
                            : "has the id of an earlier line and is left out")));
            return;
          }
          if (line.entry() instanceof Entry.ForkedFrom parent) {
            parents.add(parent);
          }
          own.add(line);
        });
    if (!parents.isEmpty()) {
      Entry.ForkedFrom parent = parents.getFirst();
      Path parentFile = parentFile(file, parent);
      if (depth >= MAX_FORKS) {
        problems.add(
            new Problem(
                0,
                prefix
                    + "forks go round in a circle; what lies before "
                    + parentFile
                    + " is left out"));
      } else if (!Files.isRegularFile(parentFile)) {
        problems.add(
            new Problem(
                0,
                prefix
                    + "this session continues session "
                    + parent.sessionId()
                    + ", whose file is gone ("
                    + parentFile
                    + "); what was said there is missing"));
      } else {
        read(parentFile, parent.bytes(), lines, problems, depth + 1);
      }
    }
    lines.addAll(own);
  }

  /**
   * The place that the fork recorded, or the same name beside the fork when the directory was
   * moved.
   */
  static Path parentFile(Path fork, Entry.ForkedFrom parent) {
    Path recorded = fork.resolveSibling(parent.file());
    return Files.isRegularFile(recorded)
        ? recorded
        : fork.resolveSibling(parent.sessionId() + ".jsonl");
  }
}
