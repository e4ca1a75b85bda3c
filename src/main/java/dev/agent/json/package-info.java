/**
 * JSON: the one mapper ({@link dev.agent.json.Json}), input schemas from records ({@link
 * dev.agent.json.RecordSchema}) and from outside ({@link dev.agent.json.ForeignSchema}), coercion
 * of what models send, and repair of broken JSON ({@link dev.agent.json.JsonRepair}).
 *
 * <p>Invariant: a duplicate key or trailing text is an error wherever a decision hangs on the
 * value, so that checker and executor can't read different things.
 */
@NullMarked
package dev.agent.json;

import org.jspecify.annotations.NullMarked;
