/**
 * What a command line says, without running it. {@link dev.agent.shell.CommandLine} cuts it into
 * simple commands for permission rules; whatever it does not understand is "not plain", which no
 * rule with a pattern ever allows, and what can't be read to its end is "not sound", which nothing
 * allows. For rules that forbid it gives every reading of a command, rather too many than too few.
 *
 * <p>{@link dev.agent.shell.CommandTable} knows the commands themselves, as data in {@code
 * commands.txt}: from their words it proves what they read, write and run. Options are allowed, not
 * forbidden: what the table does not know is unknown. Nothing here looks at the disk, so that paths
 * are words, and whoever decides resolves them.
 */
@NullMarked
package dev.agent.shell;

import org.jspecify.annotations.NullMarked;
