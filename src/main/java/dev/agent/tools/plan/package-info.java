/**
 * Tools for working in an orderly way: {@link dev.agent.tools.plan.TodoWrite}, {@link
 * dev.agent.tools.plan.ExitPlanMode}, {@link dev.agent.tools.plan.AskUserQuestion}, {@link
 * dev.agent.tools.plan.StructuredOutput}.
 */
@NullMarked
package dev.agent.tools.plan;

import org.jspecify.annotations.NullMarked;
