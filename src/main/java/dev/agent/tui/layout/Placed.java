package dev.agent.tui.layout;

/** Where a named box stands. */
public record Placed(String name, Rect rect) {}
