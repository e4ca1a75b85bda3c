package dev.agent.model.anthropic;

import dev.agent.runtime.UserError;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How requests say who pays. A key is given out as request headers only: no {@code toString} shows
 * it.
 */
public sealed interface Credentials {

  /** How long a helper's key is used before the helper is asked again: five minutes. */
  Duration HELPER_LIFE = Duration.ofMinutes(5);

  /** The headers of a request. A helper may block. */
  Headers headers() throws InterruptedException;

  /** Whether asking again may give another key after the service refused this one. */
  default boolean refresh() {
    return false;
  }

  /** A key of the console, sent as {@code x-api-key}. */
  record ApiKey(String key) implements Credentials {
    public ApiKey {
      key = HeaderText.value(key, "The API key");
    }

    @Override
    public Headers headers() {
      return Headers.of("x-api-key", key);
    }

    @Override
    public String toString() {
      return "ApiKey[hidden]";
    }
  }

  /** A token of a gateway or an account, sent as {@code Authorization: Bearer}. */
  record AuthToken(String token) implements Credentials {
    public AuthToken {
      token = HeaderText.value(token, "The authorization token");
    }

    @Override
    public Headers headers() {
      return Headers.of("authorization", "Bearer " + token);
    }

    @Override
    public String toString() {
      return "AuthToken[hidden]";
    }
  }

  /** Nothing is sent: for local servers that want no key. */
  record None() implements Credentials {
    @Override
    public Headers headers() {
      return Headers.of();
    }
  }

  /**
   * A command that prints a key, which is sent both ways, since the command does not say which it
   * is. Thread-safe; one command runs at a time.
   */
  final class KeyCommand implements Credentials {
    private final KeySource source;
    private final long lifeNanos;
    private final LongSupplier nanoTime;
    private final java.util.concurrent.locks.ReentrantLock lock =
        new java.util.concurrent.locks.ReentrantLock();
    private @Nullable String key;
    private long readAt;

    /**
     * @param life how long a key is used before the command is run again
     * @param nanoTime {@code System::nanoTime}, or a test's
     */
    public KeyCommand(KeySource source, Duration life, LongSupplier nanoTime) {
      this.source = source;
      this.lifeNanos = life.toNanos();
      this.nanoTime = nanoTime;
    }

    @Override
    public Headers headers() throws InterruptedException {
      // A lock rather than a monitor: the command may take seconds, and an interrupt must get
      // through.
      lock.lockInterruptibly();
      try {
        long now = nanoTime.getAsLong();
        String current = key;
        if (current == null || now - readAt >= lifeNanos) {
          current = HeaderText.value(source.read(), "The output of apiKeyHelper");
          if (current.isEmpty()) {
            throw new UserError(
                "The apiKeyHelper command printed nothing.",
                "Run it by hand, and see that it prints a key on stdout.");
          }
          key = current;
          readAt = now;
        }
        return Headers.of("x-api-key", current, "authorization", "Bearer " + current);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean refresh() {
      lock.lock();
      try {
        key = null;
        return true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public String toString() {
      return "KeyCommand[hidden]";
    }
  }

  /**
   * The credentials to use: {@code ANTHROPIC_AUTH_TOKEN}, else {@code ANTHROPIC_API_KEY}, else the
   * helper command. {@code CLAUDE_CODE_API_KEY_HELPER_TTL_MS} sets how long the helper's key is
   * used.
   *
   * @throws UserError when there are none; it says how to set them
   */
  static Credentials from(
      Map<String, String> environment, Optional<KeySource> helper, LongSupplier nanoTime) {
    String token = environment.getOrDefault("ANTHROPIC_AUTH_TOKEN", "");
    if (!token.isBlank()) {
      return new AuthToken(token);
    }
    String key = environment.getOrDefault("ANTHROPIC_API_KEY", "");
    if (!key.isBlank()) {
      return new ApiKey(key);
    }
    if (helper.isPresent()) {
      Duration life =
          EnvironmentNumbers.millis(environment, "CLAUDE_CODE_API_KEY_HELPER_TTL_MS")
              .orElse(HELPER_LIFE);
      return new KeyCommand(helper.get(), life, nanoTime);
    }
    throw new UserError(
        "There is no key for the model service.",
        "Set ANTHROPIC_API_KEY (or ANTHROPIC_AUTH_TOKEN for a gateway), or name a command in the"
            + " setting \"apiKeyHelper\".");
  }
}
