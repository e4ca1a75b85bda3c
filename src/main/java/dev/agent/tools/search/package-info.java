/**
 * Search in the tree: {@link dev.agent.tools.search.Glob} for names, {@link
 * dev.agent.tools.search.Grep} for contents. {@link dev.agent.tools.search.TreeWalk} visits files
 * as version control sees them, {@link dev.agent.tools.search.IgnoreRules} knows what to leave out.
 *
 * <p>Invariants: links are not followed; names stay {@link java.nio.file.Path} objects, because not
 * every name can be spelled; memory does not grow with the tree.
 */
@NullMarked
package dev.agent.tools.search;

import org.jspecify.annotations.NullMarked;
