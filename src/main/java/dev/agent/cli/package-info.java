/**
 * The command line and the only place where objects are put together.
 *
 * <p>Main type: {@link dev.agent.cli.Main}. Invariants: {@code Main} uses nothing but the JDK until
 * it knows that it needs more; only this package reads the environment, ends the process, touches
 * the standard streams, and knows picocli and Logback. What is deliberately absent: anything that
 * could be tested without a process belongs below.
 */
@NullMarked
package dev.agent.cli;

import org.jspecify.annotations.NullMarked;
