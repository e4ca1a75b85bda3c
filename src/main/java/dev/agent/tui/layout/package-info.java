/**
 * Rectangles for the parts of a screen: a tree of {@link dev.agent.tui.layout.Box}es is measured
 * and placed by {@link dev.agent.tui.layout.Layout}. There is no wrapping flow, and no size is too
 * small.
 */
@NullMarked
package dev.agent.tui.layout;

import org.jspecify.annotations.NullMarked;
