package dev.agent.permission;

/**
 * Why a layer decided.
 *
 * @param layer its name
 * @param rule the rule, where one decided; may be empty
 * @param source where the rule stands: a file, a flag; may be empty
 * @param text a sentence
 */
public record Reason(String layer, String rule, String source, String text) {}
