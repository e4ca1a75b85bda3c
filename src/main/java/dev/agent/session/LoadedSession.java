package dev.agent.session;

import dev.agent.message.Conversation;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a journal holds.
 *
 * @param sessionId the session
 * @param meta the latest facts about it
 * @param title given or made up; empty when there is none
 * @param conversation what was sent, ready to be continued
 * @param lines everything that could be read, in order; of a fork, its parent's lines first
 * @param problems damage, and what was made of it; show them
 * @param openTools calls that the session's end left open, and what the model is told about them
 * @param repairs entries for the log that goes on with this session, so that what is now said about
 *     open calls stays as it is
 * @param ledger the last running totals
 * @param seq the highest number
 * @param leaf id of the last conversation entry; empty when there is none
 */
public record LoadedSession(
    String sessionId,
    Entry.Meta meta,
    String title,
    Conversation conversation,
    List<Line> lines,
    List<Problem> problems,
    List<OpenTool> openTools,
    List<Entry> repairs,
    Entry.UsageLedger ledger,
    long seq,
    String leaf) {
  /** No totals. */
  static final Entry.UsageLedger NO_LEDGER =
      new Entry.UsageLedger(0, BigDecimal.ZERO, java.util.Map.of());

  public LoadedSession {
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
    openTools = List.copyOf(openTools);
    repairs = List.copyOf(repairs);
  }
}
