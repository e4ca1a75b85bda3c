/**
 * The agent loop: {@link dev.agent.loop.AgentLoop} assembles, samples, executes, appends and
 * repeats, and tells whoever listens through {@link dev.agent.loop.AgentEvent}s. {@link
 * dev.agent.loop.ToolExecutor} decides the order of calls, {@link dev.agent.loop.ToolRunner} is one
 * call.
 *
 * <p>Invariants: state is one immutable value, replaced as a whole; after every end, however it
 * came, each tool use has its result; no effect happens before its intent was announced to the
 * listeners. What is deliberately absent: drawing, asking, saving – all of that listens or is
 * handed in.
 */
@NullMarked
package dev.agent.loop;

import org.jspecify.annotations.NullMarked;
