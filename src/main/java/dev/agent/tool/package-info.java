/**
 * The contract of a tool: {@link dev.agent.tool.Tool}, what it declares ({@link
 * dev.agent.tool.ToolSpec}, {@link dev.agent.tool.Effect}) and what it gives back ({@link
 * dev.agent.tool.ToolResult}, {@link dev.agent.tool.Display}), and the registry that holds the
 * tools of a session.
 *
 * <p>Invariants: a tool draws nothing and asks nobody; what it does not declare is taken as the
 * worst (runs alone, asks, counts as destructive).
 */
@NullMarked
package dev.agent.tool;

import org.jspecify.annotations.NullMarked;
