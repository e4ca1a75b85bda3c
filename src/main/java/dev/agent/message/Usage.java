package dev.agent.message;

/**
 * Token counts of one response, or a sum of several. {@code inputTokens} is the uncached part only;
 * {@code outputTokens} includes thinking.
 *
 * @param inputTokens after the last cache breakpoint
 * @param outputTokens all output, thinking included
 * @param cacheReadTokens read from the prompt cache
 * @param cacheWrite5mTokens written with a life of five minutes
 * @param cacheWrite1hTokens written with a life of one hour
 * @param thinkingTokens the part of the output that was thinking, where the service tells it
 * @param webSearches searches that the service ran and bills
 */
public record Usage(
    long inputTokens,
    long outputTokens,
    long cacheReadTokens,
    long cacheWrite5mTokens,
    long cacheWrite1hTokens,
    long thinkingTokens,
    long webSearches) {
  /** Nothing counted. */
  public static final Usage ZERO = new Usage(0, 0, 0, 0, 0, 0, 0);

  /** Everything that went in: uncached, read and written. */
  public long totalInputTokens() {
    return inputTokens + cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens;
  }

  /** Everything written to the cache. */
  public long cacheWriteTokens() {
    return cacheWrite5mTokens + cacheWrite1hTokens;
  }

  /** The tokens that the next turn starts with. */
  public long contextTokens() {
    return totalInputTokens() + outputTokens;
  }

  /** The sum of both. */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        cacheReadTokens + other.cacheReadTokens,
        cacheWrite5mTokens + other.cacheWrite5mTokens,
        cacheWrite1hTokens + other.cacheWrite1hTokens,
        thinkingTokens + other.thinkingTokens,
        webSearches + other.webSearches);
  }
}
