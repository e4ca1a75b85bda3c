package dev.agent.model.anthropic;

import dev.agent.model.ModelException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How requests are signed. Secrets never appear in {@code toString}. */
public sealed interface Credentials {
  /**
   * The headers to send.
   *
   * @throws ModelException when a helper gave no key
   */
  Map<String, String> headers() throws ModelException;

  /** Forgets a key that was refused; true when another one may be had. */
  boolean refresh();

  /** A key that travels as {@code x-api-key}. */
  record ApiKey(String key) implements Credentials {
    @Override
    public Map<String, String> headers() {
      return Map.of("x-api-key", key);
    }

    @Override
    public boolean refresh() {
      return false;
    }

    @Override
    public String toString() {
      return "ApiKey[hidden]";
    }
  }

  /** A token that travels as {@code Authorization: Bearer}. */
  record Token(String token) implements Credentials {
    @Override
    public Map<String, String> headers() {
      return Map.of("Authorization", "Bearer " + token);
    }

    @Override
    public boolean refresh() {
      return false;
    }

    @Override
    public String toString() {
      return "Token[hidden]";
    }
  }

  /** No key at all: a server of the user's own wants none. */
  record Anonymous() implements Credentials {
    @Override
    public Map<String, String> headers() {
      return Map.of();
    }

    @Override
    public boolean refresh() {
      return false;
    }
  }

  /**
   * A command of the user's that prints a key; asked again when its time is over or the key was
   * refused. Thread-safe.
   */
  final class KeyCommand implements Credentials {
    private final Command command;
    private final long lifeNanos;
    private String key = "";
    private long fetchedAt;

    /** Prints a key. */
    @FunctionalInterface
    public interface Command {
      /**
       * @throws ModelException of kind AUTHENTICATION that says what went wrong
       */
      String key() throws ModelException;
    }

    public KeyCommand(Command command, java.time.Duration life) {
      this.command = command;
      this.lifeNanos = life.toNanos();
    }

    @Override
    public synchronized Map<String, String> headers() throws ModelException {
      if (key.isEmpty() || System.nanoTime() - fetchedAt > lifeNanos) {
        key = command.key().strip();
        fetchedAt = System.nanoTime();
      }
      Map<String, String> both = new LinkedHashMap<>();
      both.put("x-api-key", key);
      both.put("Authorization", "Bearer " + key);
      return both;
    }

    @Override
    public synchronized boolean refresh() {
      key = "";
      return true;
    }

    @Override
    public String toString() {
      return "KeyCommand[hidden]";
    }
  }
}
