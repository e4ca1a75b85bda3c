package dev.agent.shell;

/**
 * Why a script was not understood in full.
 *
 * @param what one clause for a person, such as {@code "this quote is not closed"}
 * @param at where it was noticed: an index into the text that was parsed; inside backquotes and
 *     here-documents, into the text inside of them
 */
public record Problem(String what, int at) {}
