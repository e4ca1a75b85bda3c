package dev.agent.shell;

/**
 * A redirection as it was written.
 *
 * @param descriptor a number, <code>{name}</code>, or empty for the operator's own
 * @param operator such as {@code ">"}, {@code "&>>"} or {@code "<<-"}
 * @param target the word behind it; for here-documents the delimiter
 * @param document the text of a here-document, one double-quoted or single-quoted part; absent for
 *     all others
 */
public record Redirect(String descriptor, String operator, Word target, Word document) {}
