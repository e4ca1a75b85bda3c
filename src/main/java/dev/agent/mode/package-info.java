/**
 * Ways to run the agent, one sub-package each. {@link dev.agent.mode.Launch} is what the command
 * line asked for, {@link dev.agent.mode.AgentSession} the session that all of them drive.
 */
@NullMarked
package dev.agent.mode;

import org.jspecify.annotations.NullMarked;
