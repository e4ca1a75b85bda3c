/** Colours by meaning: a {@link dev.agent.tui.theme.Theme} gives every {@link Token} its style. */
@NullMarked
package dev.agent.tui.theme;

import org.jspecify.annotations.NullMarked;
