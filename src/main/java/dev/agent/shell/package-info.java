/**
 * What a command line says, without running it. {@link dev.agent.shell.CommandLine} cuts it into
 * simple commands for permission rules; whatever it does not understand is "not plain", which no
 * rule ever allows.
 */
@NullMarked
package dev.agent.shell;

import org.jspecify.annotations.NullMarked;
