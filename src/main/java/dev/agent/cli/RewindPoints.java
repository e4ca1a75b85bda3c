package dev.agent.cli;

import dev.agent.context.AttachedFile;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.mode.interactive.RewindPoint;
import dev.agent.runtime.Ids;
import dev.agent.runtime.UserError;
import dev.agent.session.Entry;
import dev.agent.session.Line;
import dev.agent.session.SessionLog;
import dev.agent.text.Diffs;
import dev.agent.workspace.FileHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The prompts of a session, each with the entry before it in the journal and the checkpoint of
 * files that began with it. Owned by the session's thread.
 */
final class RewindPoints {
  private static final String START = "start";

  private final SessionLog log;
  private final FileHistory history;
  private final Ids ids;
  private final InstantSource time;
  private final List<Prompt> prompts = new ArrayList<>();

  /** How many prompts in front of those were forgotten: numbers stay what they were. */
  private int forgotten;

  /**
   * @param leaf id of the entry before the prompt; empty for the first
   * @param checkpoint of files; empty when none began with it
   */
  private record Prompt(Message message, String leaf, Instant time, String checkpoint) {}

  /**
   * @param lines of the session that goes on; empty for a new one
   */
  RewindPoints(SessionLog log, FileHistory history, Ids ids, InstantSource time, List<Line> lines) {
    this.log = log;
    this.history = history;
    this.ids = ids;
    this.time = time;
    List<String> checkpoints = history.checkpoints();
    for (Line line : lines) {
      if (line.entry() instanceof Entry.User(Message message, Entry.Origin origin)
          && origin == Entry.Origin.PROMPT) {
        String prefix = prefix(line.parentUuid());
        String checkpoint =
            checkpoints.reversed().stream()
                .filter(it -> it.startsWith(prefix))
                .findFirst()
                .orElse("");
        prompts.add(new Prompt(message, line.parentUuid(), line.timestamp(), checkpoint));
      }
    }
  }

  private static String prefix(String leaf) {
    return (leaf.isEmpty() ? START : leaf) + "@";
  }

  /**
   * A prompt is about to be sent: what changes files from here on belongs to it.
   *
   * @throws IOException when the file history can't be saved
   */
  void begin(Message message) throws IOException {
    String leaf = log.leaf();
    String checkpoint = prefix(leaf) + ids.next();
    prompts.add(new Prompt(message, leaf, time.instant(), checkpoint));
    history.checkpoint(checkpoint);
  }

  /**
   * A summary has taken the place of what was said before: prompts in front of the first one that
   * still stands in the conversation can't be gone back to any more.
   */
  void forget(Conversation summarised) {
    Set<Message> messages = new HashSet<>(summarised.messages());
    int gone = 0;
    while (gone < prompts.size() && !messages.contains(prompts.get(gone).message())) {
      gone++;
    }
    prompts.subList(0, gone).clear();
    forgotten += gone;
  }

  /** What the conversation can be taken back to, oldest first. */
  List<RewindPoint> in(Conversation conversation) {
    List<RewindPoint> points = new ArrayList<>();
    List<Message> messages = conversation.messages();
    int from = 0;
    for (int i = 0; i < prompts.size(); i++) {
      Prompt prompt = prompts.get(i);
      for (int at = from; at < messages.size(); at++) {
        if (messages.get(at).equals(prompt.message())) {
          points.add(
              new RewindPoint(
                  forgotten + i,
                  at,
                  text(prompt.message()),
                  prompt.time(),
                  firstCheckpoint(forgotten + i).isPresent()));
          from = at + 1;
          break;
        }
      }
    }
    return points;
  }

  /** The prompt as it was typed, without what the agent put around it. */
  private static String text(Message message) {
    List<String> parts = new ArrayList<>();
    for (ContentBlock block : message.content()) {
      if (block instanceof ContentBlock.Text(String text, _)
          && !text.startsWith("<system-reminder>")
          && AttachedFile.nameOf(block).isEmpty()) {
        parts.add(text);
      }
    }
    return String.join("\n", parts);
  }

  /** The checkpoint to go back to for the state at a prompt: its own, or the next that exists. */
  private Optional<String> firstCheckpoint(int number) {
    List<String> kept = history.checkpoints();
    return prompts.subList(Math.max(0, number - forgotten), prompts.size()).stream()
        .map(Prompt::checkpoint)
        .filter(it -> !it.isEmpty() && kept.contains(it))
        .findFirst();
  }

  /** How much that would change; files that can't be read count as changed, without lines. */
  RewindPoint.Changes changes(RewindPoint point) {
    int files = 0;
    int added = 0;
    int removed = 0;
    Optional<String> checkpoint = firstCheckpoint(point.number());
    for (FileHistory.Original original : originals(checkpoint)) {
      String before = text(original.before());
      String now = text(present(original.file()));
      boolean appeared = original.before().isPresent() != Files.exists(original.file());
      if (!before.equals(now) || appeared) {
        files++;
        for (Diffs.Hunk hunk : Diffs.hunks(before, now)) {
          added += count(hunk, "+");
          removed += count(hunk, "-");
        }
      }
    }
    return new RewindPoint.Changes(files, added, removed);
  }

  private List<FileHistory.Original> originals(Optional<String> checkpoint) {
    try {
      return checkpoint.isEmpty() ? List.of() : history.originals(checkpoint.get());
    } catch (IOException e) {
      return List.of(); // taking back will say what is wrong
    }
  }

  private static int count(Diffs.Hunk hunk, String sign) {
    return (int) hunk.lines().stream().filter(line -> line.startsWith(sign)).count();
  }

  private static Optional<byte[]> present(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Bytes as text whose lines can be compared, whatever they are. */
  private static String text(Optional<byte[]> bytes) {
    return bytes.map(it -> new String(it, StandardCharsets.ISO_8859_1)).orElse("");
  }

  /**
   * Takes the files back to how they were at a prompt; empty when nothing was changed since.
   *
   * @throws UserError when a summary stands in the prompt's place
   */
  Optional<FileHistory.Rewound> files(RewindPoint point) {
    int _ = place(point);
    return firstCheckpoint(point.number()).map(history::rewind);
  }

  private int place(RewindPoint point) {
    if (point.number() < forgotten) {
      throw new UserError(
          "\"" + point.text() + "\" was summarised meanwhile, so nothing can go back to it.",
          "Choose a later message.");
    }
    return point.number() - forgotten;
  }

  /**
   * Notes in the journal that the conversation goes on from before a prompt.
   *
   * @throws UserError when a summary stands in its place
   */
  void conversation(RewindPoint point) {
    int at = place(point);
    log.append(new Entry.Rewound(prompts.get(at).leaf()));
    prompts.subList(at, prompts.size()).clear();
  }
}
