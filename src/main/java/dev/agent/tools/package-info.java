/** The built-in tools, written down once in {@link dev.agent.tools.BuiltinTools}. */
@NullMarked
package dev.agent.tools;

import org.jspecify.annotations.NullMarked;
