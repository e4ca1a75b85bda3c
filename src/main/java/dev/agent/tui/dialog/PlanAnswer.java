package dev.agent.tui.dialog;

/** What a person decided about a plan. */
public sealed interface PlanAnswer {
  /**
   * It shall be carried out.
   *
   * @param plan as it stands now
   * @param changed whether the person changed it
   * @param acceptEdits whether edits run without questions
   * @param note what they want the model to know besides; empty = nothing
   */
  record Approved(String plan, boolean changed, boolean acceptEdits, String note)
      implements PlanAnswer {}

  /**
   * Not yet.
   *
   * @param feedback for the model; empty = nothing was said, the turn ends
   */
  record KeepPlanning(String feedback) implements PlanAnswer {}
}
