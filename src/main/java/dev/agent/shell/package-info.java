/**
 * What a command line says, found without running it. {@link dev.agent.shell.ShellParser} makes of
 * it the tree that bash would make; {@link dev.agent.shell.Analysis} walks that tree and says which
 * commands would run, with which arguments, where, and what cannot be told. Facts only: who may do
 * what is decided elsewhere. No input or output, no threads, no clock.
 *
 * <p>Invariants: nothing that is given to it makes it fail; what is not understood is kept and
 * marked, never dropped; an argument is exact only if bash passes exactly that; every command that
 * bash could run is listed, or {@link dev.agent.shell.Analysis#isProvable} is false.
 *
 * <p>{@link dev.agent.shell.CommandTable} knows the commands themselves, as data in {@code
 * commands.txt}: from their words it proves what they read, write and run. Options are allowed, not
 * forbidden: what the table does not know is unknown. Nothing here looks at the disk, so that paths
 * are words, and whoever decides resolves them.
 */
@NullMarked
package dev.agent.shell;

import org.jspecify.annotations.NullMarked;
