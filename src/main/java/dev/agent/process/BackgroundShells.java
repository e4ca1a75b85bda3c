package dev.agent.process;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Commands that run beside the conversation, by their ids. They live until they end, are stopped,
 * or the session ends. Thread-safe.
 */
public final class BackgroundShells {
  private final Map<String, Shell> shells = new LinkedHashMap<>();
  private final Set<Runnable> awaited = new LinkedHashSet<>();
  private int count;

  /** One of them. {@code unread} gives what it printed since the last time. */
  public static final class Shell {
    private final String id;
    private final RunningProcess process;
    private final StringBuilder fresh;
    private long dropped;

    private Shell(String id, RunningProcess process, StringBuilder fresh) {
      this.id = id;
      this.process = process;
      this.fresh = fresh;
    }

    public String id() {
      return id;
    }

    public RunningProcess process() {
      return process;
    }

    /**
     * The output since the last call; its beginning is left out when it grew too long in between.
     */
    public String unread() {
      synchronized (fresh) {
        String text = fresh.toString();
        fresh.setLength(0);
        String note = dropped > 0 ? "[… " + dropped + " characters left out …]\n" : "";
        dropped = 0;
        return note + text;
      }
    }
  }

  /** Collects output until it is asked for; hand {@link #accept} to the process as its progress. */
  public static final class Inbox implements java.util.function.Consumer<String> {
    private static final int MAX_CHARS = 200_000;
    private final StringBuilder fresh = new StringBuilder();
    private java.util.function.LongConsumer onDrop = _ -> {};

    @Override
    public void accept(String text) {
      synchronized (fresh) {
        fresh.append(text);
        int over = fresh.length() - MAX_CHARS;
        if (over > 0) {
          fresh.delete(0, over);
          onDrop.accept(over);
        }
      }
    }
  }

  /** Takes a command in. */
  public synchronized Shell add(RunningProcess process, Inbox inbox) {
    String id = "bash_" + ++count;
    Shell shell = new Shell(id, process, inbox.fresh);
    inbox.onDrop =
        over -> {
          shell.dropped += over;
        };
    shells.put(id, shell);
    return shell;
  }

  /** The shell of this id. */
  public synchronized Optional<Shell> find(String id) {
    return Optional.ofNullable(shells.get(id));
  }

  /** Takes a command back out of those that somebody waits for. */
  public interface Foreground extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Says that somebody waits for a command.
   *
   * @param letGo makes them stop waiting: the command goes on beside the conversation
   */
  public Foreground inForeground(Runnable letGo) {
    // A wrapper gives each command its own identity.
    Runnable entry =
        new Runnable() {
          @Override
          public void run() {
            letGo.run();
          }
        };
    synchronized (this) {
      awaited.add(entry);
    }
    return () -> {
      synchronized (this) {
        awaited.remove(entry);
      }
    };
  }

  /**
   * Lets all commands that somebody waits for go on in the background.
   *
   * @return how many there were
   */
  public int release() {
    List<Runnable> all;
    synchronized (this) {
      all = List.copyOf(awaited);
      awaited.clear();
    }
    all.forEach(Runnable::run);
    return all.size();
  }

  /** How many still run. */
  public synchronized int running() {
    return (int) shells.values().stream().filter(it -> it.process().isAlive()).count();
  }

  /** All ids. */
  public synchronized java.util.List<String> ids() {
    return java.util.List.copyOf(shells.keySet());
  }
}
