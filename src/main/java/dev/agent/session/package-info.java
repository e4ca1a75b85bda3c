/**
 * Sessions on disk: {@link dev.agent.session.Transcript} appends, {@link
 * dev.agent.session.SessionLoader} rebuilds the conversation, {@link dev.agent.session.Sessions}
 * finds them.
 *
 * <p>Invariants: a transcript only grows; what was durably appended is on disk before the call
 * returns; a damaged line costs itself and is reported; one process writes.
 */
@NullMarked
package dev.agent.session;

import org.jspecify.annotations.NullMarked;
