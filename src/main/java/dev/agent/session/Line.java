package dev.agent.session;

import java.time.Instant;

/**
 * One line of a journal.
 *
 * @param seq counts up from 1 within a session; the order of entries, whatever the clock says
 * @param uuid the entry's id
 * @param parentUuid the conversation entry that this one follows; empty for the first
 * @param timestamp wall time, for people
 * @param sessionId the session that wrote it
 * @param entry what it says
 */
public record Line(
    long seq, String uuid, String parentUuid, Instant timestamp, String sessionId, Entry entry) {

  /** Whether the line takes part in the chain of the conversation. */
  public boolean isConversation() {
    return entry instanceof Entry.User
        || entry instanceof Entry.Assistant
        || entry instanceof Entry.CompactBoundary
        || entry instanceof Entry.Rewound;
  }
}
