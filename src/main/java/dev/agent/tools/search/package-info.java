/**
 * Search in the tree: {@link dev.agent.tools.search.Glob} for names, {@link
 * dev.agent.tools.search.Grep} for contents. {@link dev.agent.tools.search.TreeWalk} visits files
 * as version control sees them, {@link dev.agent.tools.search.IgnoreRules} knows what to leave out.
 * {@link dev.agent.tools.search.Listing} is how a walk gets at names and bytes: by the JDK, or on
 * Linux by system calls.
 *
 * <p>Invariants: links are not followed; names stay {@link java.nio.file.Path} objects, because not
 * every name can be spelled; memory does not grow with the tree; what {@link
 * dev.agent.tools.search.Needle} and {@link dev.agent.tools.search.Sieve} hold back fits nowhere.
 */
@NullMarked
package dev.agent.tools.search;

import org.jspecify.annotations.NullMarked;
