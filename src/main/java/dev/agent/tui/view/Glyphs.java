package dev.agent.tui.view;

/**
 * The signs that views draw with, each one column wide but where said.
 *
 * @param block in front of what the agent says and does
 * @param result in front of what came of it; up to two columns
 * @param work turning while something works, still in the summary of a turn
 * @param prompt in front of what the person says
 * @param done a finished task
 * @param current the task in progress
 * @param open a task to come
 * @param rule repeated, a horizontal line
 * @param ellipsis for what is left out
 * @param up tokens that went out
 * @param down tokens that came in, and the way to newer lines
 * @param dot between items of one row
 * @param frames of the turning sign, eight a second
 */
public record Glyphs(
    String block,
    String result,
    String work,
    String prompt,
    String done,
    String current,
    String open,
    String rule,
    String ellipsis,
    String up,
    String down,
    String dot,
    java.util.List<String> frames) {

  /** For terminals that speak UTF-8. */
  public static final Glyphs UNICODE =
      new Glyphs(
          "●",
          "⎿",
          "✻",
          ">",
          "✔",
          "◼",
          "◻",
          "─",
          "…",
          "↑",
          "↓",
          "·",
          java.util.List.of("·", "✢", "✳", "✶", "✻", "✽", "✶", "✳"));

  /** For all others. */
  public static final Glyphs ASCII =
      new Glyphs(
          "*",
          "\\_",
          "*",
          ">",
          "x",
          "#",
          "o",
          "-",
          "...",
          "^",
          "v",
          "-",
          java.util.List.of("|", "/", "-", "\\"));

  public Glyphs {
    frames = java.util.List.copyOf(frames);
  }
}
