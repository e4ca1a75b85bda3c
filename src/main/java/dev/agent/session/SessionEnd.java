package dev.agent.session;

import dev.agent.message.Conversation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The end of a session as its journal tells it, read without the rest: for people who look, while
 * {@link SessionLoader} reads the whole. What depends on older lines, such as a summary of them,
 * may be missing. Changes nothing on disk.
 */
public final class SessionEnd {
  private SessionEnd() {}

  /**
   * What was said from some prompt on.
   *
   * @param isWhole whether that is all of the session
   */
  public record Said(Conversation conversation, boolean isWhole) {}

  /**
   * Reads the last bytes of a journal.
   *
   * @param bytes how many
   * @return from the first prompt in them on; nothing when there is none
   * @throws IOException when the file can't be read; damage in it is passed over
   */
  public static Said read(Path file, int bytes) throws IOException {
    List<Line> lines = new ArrayList<>();
    boolean whole;
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = in.size();
      int count = (int) Math.min(bytes, size);
      whole = count == size;
      take(tail(in, size, count), whole, lines);
    }
    Map<String, Entry.ToolIntent> intents = new HashMap<>();
    Map<String, Entry.ToolOutcome> outcomes = new HashMap<>();
    Set<String> prompts = new HashSet<>();
    for (Line line : lines) {
      switch (line.entry()) {
        case Entry.ToolIntent intent -> intents.put(intent.toolUseId(), intent);
        case Entry.ToolOutcome outcome -> outcomes.put(outcome.toolUseId(), outcome);
        case Entry.User(_, Entry.Origin origin) when origin == Entry.Origin.PROMPT ->
            prompts.add(line.uuid());
        case Entry.ForkedFrom _ -> whole = false;
        default -> {}
      }
    }
    List<Problem> problems = new ArrayList<>();
    List<Chain.Step> steps =
        new Chain(lines, intents.keySet(), outcomes, problems).follow().steps();
    int from = 0;
    while (!whole && from < steps.size() && !prompts.contains(steps.get(from).uuid())) {
      from++;
    }
    ConversationRepair repair =
        new ConversationRepair(new OpenCalls(intents, outcomes, EffectProbe.NONE), problems);
    repair.run(steps.subList(from, steps.size()));
    return new Said(repair.conversation(), whole);
  }

  private static byte[] tail(FileChannel in, long size, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && in.read(buffer, size - count + buffer.position()) > 0) {
      // reads on until the window is full
    }
    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static void take(byte[] bytes, boolean fromStart, List<Line> lines) {
    int start = 0;
    boolean cut = !fromStart;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        if (!cut && i > start) {
          add(java.util.Arrays.copyOfRange(bytes, start, i), lines);
        }
        cut = false;
        start = i + 1;
      }
    }
  }

  private static void add(byte[] line, List<Line> lines) {
    try {
      lines.add(LineCodec.decode(line));
    } catch (IllegalArgumentException e) {
      return; // damaged, or still being written: who reads the whole tells of it
    }
  }
}
