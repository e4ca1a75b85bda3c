/**
 * What every other package may lean on: cancellation, errors meant for the person, identifiers.
 *
 * <p>Main type: {@link dev.agent.runtime.Cancellation}. Invariants: nothing here does I/O or knows
 * a domain word; time is {@link java.time.InstantSource}, handed to whoever needs it. What is
 * deliberately absent: a global clock, a global id source, a service locator.
 */
@NullMarked
package dev.agent.runtime;

import org.jspecify.annotations.NullMarked;
