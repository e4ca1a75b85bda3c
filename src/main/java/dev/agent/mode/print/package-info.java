/**
 * One-shot and streamed runs without a terminal: {@link dev.agent.mode.print.PrintMode} with an
 * output for each format. Standard output carries the answer and nothing else.
 */
@NullMarked
package dev.agent.mode.print;

import org.jspecify.annotations.NullMarked;
