/**
 * What git keeps on disk, read without git: no program runs, whatever a repository configures.
 *
 * <p>Main type: {@link dev.agent.git.GitIndex}. Invariant: what can't be understood is told as
 * such, and never as empty. What is deliberately absent: anything that writes.
 */
@NullMarked
package dev.agent.git;

import org.jspecify.annotations.NullMarked;
