package dev.agent.model;

/**
 * Tokens guessed from bytes, corrected by what the service counted: after each response the ratio
 * of a request's bytes to its counted input replaces the table's value. Not a tokenizer: none is
 * public. Owned by one loop thread.
 */
public final class TokenEstimate {
  private double bytesPerToken;

  public TokenEstimate(double bytesPerToken) {
    this.bytesPerToken = bytesPerToken;
  }

  /** Tokens of so many bytes, rounded up. */
  public long tokens(long bytes) {
    return (long) Math.ceil(bytes / bytesPerToken);
  }

  /**
   * Learns from a counted request; counts that can't be true (fewer than one or more than ten bytes
   * a token) are left aside.
   */
  public void observe(long bytes, long countedTokens) {
    if (countedTokens > 0) {
      double ratio = (double) bytes / countedTokens;
      if (ratio >= 1 && ratio <= 10) {
        bytesPerToken = ratio;
      }
    }
  }
}
