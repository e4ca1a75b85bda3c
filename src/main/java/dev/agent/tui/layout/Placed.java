package dev.agent.tui.layout;

/** Where a named box stands; those with a higher z are drawn over the others. */
public record Placed(String name, Rect rect, int z) {}
