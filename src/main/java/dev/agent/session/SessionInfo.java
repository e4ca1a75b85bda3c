package dev.agent.session;

import dev.agent.message.ContentBlock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session in a list.
 *
 * @param title its title, or the beginning of its first prompt
 * @param turns finished turns; -1 when not known
 * @param costUsd dollars as of the last finished turn
 * @param bytes size of the journal
 * @param parentId the session that it was forked from; empty for none
 * @param isDamaged whether the part that was looked at has lines that can't be read
 */
public record SessionInfo(
    Path file,
    String id,
    String title,
    String cwd,
    String gitBranch,
    Instant modified,
    int turns,
    BigDecimal costUsd,
    long bytes,
    String parentId,
    boolean isDamaged) {
  private static final int HEAD_BYTES = 4 * 1024;
  private static final int TAIL_BYTES = 4 * 1024;
  private static final int MAX_TITLE = 120;

  /** Reads head and tail of a journal; empty when it vanished or can't be opened. */
  static Optional<SessionInfo> read(Path file) {
    BasicFileAttributes attributes;
    byte[] head;
    byte[] tail;
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
      long size = attributes.size();
      head = bytes(in, 0, (int) Math.min(HEAD_BYTES, size));
      long rest = size - head.length;
      int count = (int) Math.min(TAIL_BYTES, rest);
      tail = bytes(in, size - count, count);
    } catch (IOException e) {
      return Optional.empty();
    }
    Scan scan = new Scan();
    boolean whole = attributes.size() <= head.length + tail.length;
    if (whole) {
      byte[] all = new byte[head.length + tail.length];
      System.arraycopy(head, 0, all, 0, head.length);
      System.arraycopy(tail, 0, all, head.length, tail.length);
      scan.lines(all, true, true);
    } else {
      scan.lines(head, true, false);
      scan.lines(tail, false, true);
    }
    String title =
        scan.title.isEmpty()
            ? (scan.meta.title().isEmpty() ? scan.prompt : scan.meta.title())
            : scan.title;
    return Optional.of(
        new SessionInfo(
            file,
            Sessions.id(file),
            title,
            scan.meta.cwd(),
            scan.meta.gitBranch(),
            attributes.lastModifiedTime().toInstant(),
            scan.ledger != null
                ? scan.ledger.turns()
                : (scan.hasUser || !whole || !scan.parent.isEmpty() ? -1 : 0),
            scan.ledger == null ? BigDecimal.ZERO : scan.ledger.costUsd(),
            attributes.size(),
            scan.parent,
            scan.damaged));
  }

  private static byte[] bytes(FileChannel in, long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && in.read(buffer, from + buffer.position()) > 0) {
      // reads on until the window is full
    }
    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static final class Scan {
    private Entry.Meta meta = new Entry.Meta("", "", "", "", "");
    private String title = "";
    private String prompt = "";
    private String parent = "";
    private Entry.@Nullable UsageLedger ledger;
    private boolean hasUser;
    private boolean damaged;

    void lines(byte[] bytes, boolean fromStart, boolean toEnd) {
      List<int[]> spans = new ArrayList<>();
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          spans.add(new int[] {start, i});
          start = i + 1;
        }
      }
      if (start < bytes.length) {
        spans.add(new int[] {start, bytes.length});
      }
      for (int i = 0; i < spans.size(); i++) {
        boolean cutAtStart = i == 0 && !fromStart;
        boolean cutAtEnd = i == spans.size() - 1 && !toEnd && start < bytes.length;
        byte[] line = java.util.Arrays.copyOfRange(bytes, spans.get(i)[0], spans.get(i)[1]);
        if (cutAtEnd) {
          cut(line);
        } else if (line.length > 0 && !cutAtStart && isWanted(line)) {
          take(line);
        }
      }
    }

    /**
     * Only the lines that matter are parsed: the list of thousands of sessions has to be there at
     * once.
     */
    private static boolean isWanted(byte[] line) {
      if (line.length < 12 || line[0] != '{') {
        return true;
      }
      if (line[9] == 'u' && line[10] == 's') {
        return true;
      }
      return switch (line[9]) {
        case 'm', 'f' -> true;
        case 't' -> line[10] == 'i';
        default -> false;
      };
    }

    private void take(byte[] bytes) {
      Entry entry;
      try {
        entry = LineCodec.decode(bytes).entry();
      } catch (IllegalArgumentException e) {
        damaged = true;
        return;
      }
      switch (entry) {
        case Entry.Meta e -> meta = e;
        case Entry.Title e -> title = e.text();
        case Entry.UsageLedger e -> ledger = e;
        case Entry.ForkedFrom e -> parent = e.sessionId();
        case Entry.User e -> {
          hasUser = true;
          if (prompt.isEmpty() && e.origin() == Entry.Origin.PROMPT) {
            prompt = firstText(e.message().content());
          }
        }
        default -> {}
      }
    }

    private static String firstText(List<ContentBlock> blocks) {
      for (ContentBlock block : blocks) {
        if (block instanceof ContentBlock.Text text
            && !text.text().isBlank()
            && !text.text().startsWith("<system-reminder>")) {
          return oneLine(text.text());
        }
      }
      return "";
    }

    /** A first prompt longer than the window: its text is cut, which a title does not mind. */
    private void cut(byte[] bytes) {
      String line = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
      int at = line.indexOf("\"text\":\"");
      if (!prompt.isEmpty()
          || !line.startsWith("{\"type\":\"user\"")
          || !line.contains("\"origin\":\"prompt\"")
          || at < 0) {
        return;
      }
      hasUser = true;
      int from = at + 8;
      int to = from;
      while (to < line.length() && line.charAt(to) != '"' && to - from < 4 * MAX_TITLE) {
        to += line.charAt(to) == '\\' ? 2 : 1;
      }
      try {
        prompt =
            oneLine(
                dev.agent.json.Json.parse(
                        '"' + line.substring(from, Math.min(to, line.length())) + '"')
                    .asText());
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        prompt = oneLine(line.substring(from, Math.min(from + MAX_TITLE, line.length())));
      }
    }

    private static String oneLine(String text) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < text.length() && out.length() < MAX_TITLE; i++) {
        char c = text.charAt(i);
        if (!Character.isWhitespace(c) && !Character.isISOControl(c)) {
          out.append(c);
        } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
          out.append(' ');
        }
      }
      if (!out.isEmpty() && Character.isHighSurrogate(out.charAt(out.length() - 1))) {
        out.setLength(out.length() - 1);
      }
      return out.toString().strip();
    }
  }
}
