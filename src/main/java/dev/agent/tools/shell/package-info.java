/**
 * Commands: {@link dev.agent.tools.shell.Bash} runs them, {@link dev.agent.tools.shell.BashOutput}
 * and {@link dev.agent.tools.shell.KillShell} deal with those in the background.
 */
@NullMarked
package dev.agent.tools.shell;

import org.jspecify.annotations.NullMarked;
