package dev.agent.tool;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a call touches.
 *
 * @param kind the order it needs and the weight it has
 * @param paths files and directories it reads or writes, absolute and normalised, links not
 *     followed
 * @param hosts places it talks to (scheme, host, port)
 */
public record Effect(Kind kind, Set<Path> paths, Set<URI> hosts) {

  /** From harmless to unknown. */
  public enum Kind {
    /** Changes nothing outside the session; may run beside other reads. */
    READS,
    /** Changes exactly the paths named; runs alone. */
    WRITES,
    /** Could do anything; runs alone, asks, counts as destructive. */
    UNKNOWN
  }

  /** Nothing is known: the safest treatment. */
  public static final Effect UNKNOWN = new Effect(Kind.UNKNOWN, Set.of(), Set.of());

  /** Touches nothing outside the session. */
  public static final Effect NONE = new Effect(Kind.READS, Set.of(), Set.of());

  public Effect {
    paths = Set.copyOf(paths);
    hosts = Set.copyOf(hosts);
  }

  /** Reads these paths. */
  public static Effect reads(Path... paths) {
    return new Effect(Kind.READS, Set.of(paths), Set.of());
  }

  /** Writes these paths. */
  public static Effect writes(Path... paths) {
    return new Effect(Kind.WRITES, Set.of(paths), Set.of());
  }

  /** Reads from this place on the network. */
  public static Effect fetches(URI host) {
    return new Effect(Kind.READS, Set.of(), Set.of(host));
  }
}
