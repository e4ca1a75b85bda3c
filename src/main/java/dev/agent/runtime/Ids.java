package dev.agent.runtime;

/**
 * Where new identifiers come from; a test hands in a counting one, so that output is the same on
 * each run. Thread-safe.
 */
@FunctionalInterface
public interface Ids {
  /** A fresh identifier in the form of a UUID (8-4-4-4-12 lower-case hex digits). */
  String next();
}
