package dev.agent.tui.edit;

/**
 * Something that what is typed may become.
 *
 * @param name what is matched and shown: a command without its slash, or a path; a directory's ends
 *     with a slash
 * @param description shown beside it; may be empty
 * @param recency the higher, the more recently used; 0 = never
 */
public record Candidate(String name, String description, long recency) {}
