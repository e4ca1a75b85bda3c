package dev.agent.tui.dialog;

import dev.agent.permission.Asker;

/**
 * What a person decided about a call.
 *
 * @param note what they want the model to know besides; empty = nothing
 * @param acceptEdits whether edits shall run without questions from now on
 */
public record PermissionAnswer(Asker.Answer answer, String note, boolean acceptEdits) {}
