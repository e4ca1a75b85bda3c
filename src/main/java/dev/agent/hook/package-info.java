/**
 * Hooks: programs, web addresses and short model calls of the person's own that run at events of a
 * session. Main type: {@link dev.agent.hook.Hooks}.
 *
 * <p>Invariants: a hook that fails, hangs or talks nonsense costs its own answer and is told, never
 * the session; what a hook forbids can't be lost through another hook; an answer that can't be read
 * but meant a permission is taken as a question. Deliberately absent: what an outcome means for a
 * call, a prompt or a stop; that is decided by those who fire the event. Nothing of this package is
 * loaded in a session without hooks.
 */
@NullMarked
package dev.agent.hook;

import org.jspecify.annotations.NullMarked;
