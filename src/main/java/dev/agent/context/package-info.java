/**
 * What the model gets to see: the system prompt, instruction files, the state of the repository,
 * and the request itself.
 *
 * <p>Main type: {@link dev.agent.context.RequestAssembler}. Invariants: bytes that were sent once
 * are sent the same way again (the prompt cache depends on it): what is stable comes first, what
 * varies comes last, and nothing in front changes within a session. What leaves this package obeys
 * the service's rules whatever the history looks like ({@link dev.agent.context.WellFormed}).
 */
@NullMarked
package dev.agent.context;

import org.jspecify.annotations.NullMarked;
