/**
 * Sessions on disk: an append-only journal of JSON lines per session, and the way back from it.
 *
 * <p>Main types: {@link dev.agent.session.Sessions} finds, opens and forks sessions; {@link
 * dev.agent.session.SessionLog} takes entries ({@link dev.agent.session.Transcript} on disk, {@link
 * dev.agent.session.MemoryLog} nowhere); {@link dev.agent.session.SessionLoader} rebuilds the
 * conversation.
 *
 * <p>Invariants: bytes once written are never changed or shortened, but for a torn last line, which
 * is moved to a {@code .torn} file first; one process writes one session; a file with any damage
 * loads, satisfies the rules of the Messages API, and says what is missing. Deliberately absent: an
 * index (the journals are the only truth) and permissions (what a person allowed in a session ends
 * with it).
 */
@NullMarked
package dev.agent.session;

import org.jspecify.annotations.NullMarked;
