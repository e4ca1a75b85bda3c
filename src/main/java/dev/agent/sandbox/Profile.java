package dev.agent.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a sandbox allows, in places that are absolute and without links.
 *
 * @param roots the workspace: writable, except for what {@link ProtectedNames} names
 * @param seen places that are not writable and must be seen even where they lie in a temporary
 *     directory
 * @param writable further writable places
 * @param readOnly places inside of them that are not
 * @param hidden places that can't even be read
 * @param blank files that look empty: programs that look for them go on without
 * @param shown places inside of hidden ones that can
 * @param exchange a directory of the session that the agent and the command share
 * @param temporary a directory that stands for the machine's temporary directories
 * @param covers what is laid over hidden places
 * @param network what is left of it
 * @param without variables that commands do not see
 */
public record Profile(
    List<Path> roots,
    List<Path> seen,
    List<Path> writable,
    List<Path> readOnly,
    List<Path> hidden,
    List<Path> blank,
    List<Path> shown,
    Path exchange,
    Path temporary,
    Covers covers,
    Network network,
    Set<String> without) {

  public Profile {
    roots = List.copyOf(roots);
    seen = List.copyOf(seen);
    writable = List.copyOf(writable);
    readOnly = List.copyOf(readOnly);
    hidden = List.copyOf(hidden);
    blank = List.copyOf(blank);
    shown = List.copyOf(shown);
    without = Set.copyOf(without);
  }

  /**
   * What lies over hidden places.
   *
   * @param file without any rights
   * @param directory without any rights
   * @param empty a file that can be read and holds nothing
   */
  public record Covers(Path file, Path directory, Path empty) {}

  /**
   * What is left of the network.
   *
   * @param way how a command gets out
   * @param sockets local sockets that stay reachable
   * @param allSockets whether all of them do
   */
  public record Network(Way way, List<Path> sockets, boolean allSockets) {
    public Network {
      sockets = List.copyOf(sockets);
    }

    /** No network and no sockets. */
    public static Network off() {
      return new Network(new Way.Closed(), List.of(), false);
    }
  }

  /** How a command gets out. */
  public sealed interface Way {
    /** Not at all. */
    record Closed() implements Way {}

    /**
     * Through a filter.
     *
     * @param directory holds the filter's socket {@code proxy}
     * @param relay words of a program that leads a port to it: {@code {port}} and {@code {socket}}
     *     stand for both
     */
    record Filtered(Path directory, List<String> relay) implements Way {
      public Filtered {
        relay = List.copyOf(relay);
      }
    }

    /** As if there were no sandbox: this machine has no way to close it. */
    record Open() implements Way {}
  }
}
