/**
 * The one vocabulary for wire, memory and disk: {@link dev.agent.message.Message}, {@link
 * dev.agent.message.ContentBlock}, {@link dev.agent.message.Usage}.
 *
 * <p>Invariants: values are immutable; JSON trees held by them are never changed after
 * construction; block kinds and members that this version does not know are kept and written back
 * as they came, in their order ({@link dev.agent.message.MessageJson}).
 */
@NullMarked
package dev.agent.message;

import org.jspecify.annotations.NullMarked;
