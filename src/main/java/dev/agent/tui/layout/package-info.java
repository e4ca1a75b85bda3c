/**
 * Rectangles for the parts of a screen: {@link dev.agent.tui.layout.Box}es are placed below one
 * another by {@link dev.agent.tui.layout.Layout}. Nothing stands beside another part, and no size
 * is too small.
 */
@NullMarked
package dev.agent.tui.layout;

import org.jspecify.annotations.NullMarked;
