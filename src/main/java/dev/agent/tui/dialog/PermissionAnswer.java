package dev.agent.tui.dialog;

import dev.agent.permission.Asker;

/**
 * What a person decided about a call.
 *
 * @param note what they said besides, in their own words: with a denial what to do instead; empty =
 *     nothing
 * @param acceptEdits whether edits shall run without questions from now on
 */
public record PermissionAnswer(Asker.Answer answer, String note, boolean acceptEdits) {}
