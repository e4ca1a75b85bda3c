package dev.agent.sandbox;

import dev.agent.shell.Analysis;
import dev.agent.shell.Redirection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each command whether it runs in the sandbox, outside, or not at all. The sandbox is
 * made when the first command asks for it, not when the session starts. Thread-safe.
 */
public final class Confinement implements AutoCloseable {

  /** Where a command runs. */
  public sealed interface Plan {
    /** In this sandbox. */
    record Inside(Sandbox sandbox) implements Plan {}

    /** As it is, after the usual questions. */
    record Outside() implements Plan {}

    /** Not at all, and why, in words for the model and the person. */
    record Refused(String why) implements Plan {}
  }

  /** Makes the sandbox of a session. */
  @FunctionalInterface
  public interface Maker {
    /**
     * @throws IOException when what it needs can't be made
     */
    Made make() throws IOException, InterruptedException;
  }

  /**
   * A sandbox with what belongs to it.
   *
   * @param why what is missing, where something is
   * @param exchange directory that the agent and commands share
   */
  public record Made(
      Sandbox sandbox,
      String why,
      Optional<Path> exchange,
      Optional<FilterProxy> proxy,
      Runnable close) {}

  private final boolean readOnly;
  private final Consumer<String> notice;
  private final List<Made> retired = new ArrayList<>();
  private volatile Fence fence;
  private String said = "";

  /** What the settings want, and what was made of it once a command asked. */
  private static final class Fence {
    final SandboxSettings settings;
    final Maker maker;
    @Nullable Made made;

    Fence(SandboxSettings settings, Maker maker) {
      this.settings = settings;
      this.maker = maker;
    }
  }

  /**
   * @param readOnly the session changes nothing: every command runs inside, or not at all
   * @param notice told once when commands can't be confined as the settings want
   */
  public Confinement(
      SandboxSettings settings, boolean readOnly, Maker maker, Consumer<String> notice) {
    this.fence = new Fence(settings, maker);
    this.readOnly = readOnly;
    this.notice = notice;
  }

  /**
   * Other settings hold for commands from now on; those that run keep what they have. To be called
   * while no call is being decided about or about to start, since both must see the same fence.
   */
  public synchronized void change(SandboxSettings settings, Maker maker) {
    Made made = fence.made;
    if (made != null) {
      retired.add(made);
    }
    fence = new Fence(settings, maker);
  }

  /** Every command runs as it is. */
  public static Confinement none() {
    return new Confinement(
        SandboxSettings.of(dev.agent.settings.Settings.none(), Path.of("/")),
        false,
        () -> new Made(new NoSandbox(), "", Optional.empty(), Optional.empty(), () -> {}),
        _ -> {});
  }

  /** Whether the session changes nothing. */
  public boolean isReadOnly() {
    return readOnly;
  }

  /** Whether commands run inside by default. */
  public boolean isOn() {
    return isOn(fence);
  }

  private boolean isOn(Fence now) {
    return readOnly || now.settings.enabled();
  }

  /**
   * Where a command runs.
   *
   * @param outside whether the model wants it outside; then the usual questions are asked
   */
  public Plan plan(String command, boolean outside) throws InterruptedException {
    Fence fence = this.fence;
    SandboxSettings settings = fence.settings;
    if (!isOn(fence)
        || !readOnly && (outside && settings.allowOutside() || isExcluded(command, settings))) {
      return new Plan.Outside();
    }
    Made now;
    try {
      now = made(fence);
    } catch (IOException e) {
      return new Plan.Refused("The sandbox can't be made: " + e.getMessage() + ".");
    }
    Sandbox.Level level = now.sandbox().level();
    if (readOnly && level != Sandbox.Level.FULL) {
      return new Plan.Refused(
          "This session only reads (--read-only), and no sandbox holds commands to that here: "
              + now.why()
              + " Use Read, Grep and Glob.");
    }
    boolean lacksNetwork =
        level == Sandbox.Level.FILES && now.sandbox() instanceof BubblewrapSandbox;
    if (level == Sandbox.Level.NONE || lacksNetwork) {
      if (settings.required()) {
        return new Plan.Refused(
            "The settings require a sandbox for commands (sandbox.failIfUnavailable), and it does"
                + " not work here: "
                + now.why());
      }
      sayOnce(
          level == Sandbox.Level.NONE
              ? "Commands run without a sandbox: " + now.why()
              : "The sandbox for commands does not close the network: " + now.why());
    }
    return level == Sandbox.Level.NONE ? new Plan.Outside() : new Plan.Inside(now.sandbox());
  }

  private synchronized void sayOnce(String text) {
    if (!said.equals(text)) {
      said = text;
      notice.accept(text);
    }
  }

  /** Whether a command needs no question because nothing it does gets out. */
  public boolean needsNoQuestion(String command, boolean outside) throws InterruptedException {
    return (readOnly || fence.settings.autoAllow())
        && plan(command, outside) instanceof Plan.Inside(Sandbox sandbox)
        && sandbox.level() == Sandbox.Level.FULL;
  }

  /** The directory that the agent and commands share; only while a sandbox is in force. */
  public synchronized Optional<Path> exchange() {
    Made now = fence.made;
    return now == null ? Optional.empty() : now.exchange();
  }

  /** Which connections were refused since the last time. */
  public synchronized List<String> refusals() {
    Made now = fence.made;
    return now == null ? List.of() : now.proxy().map(FilterProxy::refusals).orElse(List.of());
  }

  private synchronized Made made(Fence fence) throws IOException, InterruptedException {
    Made now = fence.made;
    if (now == null) {
      now = fence.maker.make();
      fence.made = now;
    }
    return now;
  }

  /** Only a line that consists of excluded commands runs outside as a whole. */
  private static boolean isExcluded(String command, SandboxSettings settings) {
    if (settings.excluded().isEmpty()) {
      return false;
    }
    Analysis analysis = Analysis.of(command);
    return analysis.isProvable()
        && !analysis.commands().isEmpty()
        && analysis.redirections().stream().noneMatch(it -> it.opensFile() && !isNothing(it))
        && analysis.commands().stream()
            .allMatch(
                part ->
                    settings.excluded().stream().anyMatch(pattern -> begins(part.text(), pattern)));
  }

  private static boolean isNothing(Redirection redirection) {
    return redirection.target().is("/dev/null");
  }

  private static boolean begins(String text, String pattern) {
    String words = pattern.endsWith(":*") ? pattern.substring(0, pattern.length() - 2) : pattern;
    words = words.endsWith("*") ? words.substring(0, words.length() - 1) : words;
    words = words.strip();
    return !words.isEmpty() && (text.equals(words) || text.startsWith(words + " "));
  }

  @Override
  public synchronized void close() {
    Made now = fence.made;
    if (now != null) {
      retired.add(now);
      fence.made = null;
    }
    for (Made each : retired) {
      each.proxy().ifPresent(FilterProxy::close);
      each.close().run();
    }
    retired.clear();
  }

  /** Removes a directory of ours with everything in it; links are not followed. */
  static void removeTree(Path directory) {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      return; // what can't be removed goes with the session
    }
  }
}
