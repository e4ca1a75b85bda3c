/**
 * A Messages API on loopback that plays a script or a recording: for demonstrations, tests and
 * training. {@link dev.agent.mode.replay.ReplayServer} speaks HTTP, {@link
 * dev.agent.mode.replay.RequestRules} checks what it is asked as strictly as the real service,
 * {@link dev.agent.mode.replay.CacheAccounting} counts what the prompt cache would have saved.
 *
 * <p>Invariants: listens on loopback only; the same script and seed give the same answers.
 */
@NullMarked
package dev.agent.mode.replay;

import org.jspecify.annotations.NullMarked;
