/**
 * Whether a call may run: an ordered list of {@link dev.agent.permission.Layer}s, each with one
 * opinion; {@link dev.agent.permission.Permissions} walks them.
 *
 * <p>Invariants: whoever may object stands above whoever may allow; a deny ends the walk, an ask
 * can only be overruled by a deny; if every layer passes the answer is ask; if a layer fails it is
 * deny; if nobody can be asked it is deny, with a reason that the model reads.
 */
@NullMarked
package dev.agent.permission;

import org.jspecify.annotations.NullMarked;
