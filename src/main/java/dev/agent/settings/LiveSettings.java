package dev.agent.settings;

import dev.agent.runtime.UserError;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The settings of a session, read again when one of their files changed. Nothing watches: whoever
 * runs the session calls {@link #refresh} before each step, which costs a look at a dozen files.
 *
 * <p>{@link #current} and {@link #edit} may be called by any thread, {@link #refresh} only by the
 * session's own.
 */
public final class LiveSettings {
  private final SettingsSources sources;
  private final OwnEdits own = new OwnEdits();
  private Map<Path, Stamp> stamps;
  private volatile Settings current;

  /**
   * Reads the settings.
   *
   * @throws UserError as {@link SettingsLoader#load}
   */
  public LiveSettings(SettingsSources sources) {
    this.sources = sources;
    SettingsLoader.Loaded loaded = SettingsLoader.read(sources, Settings.none());
    this.current = loaded.settings();
    this.stamps = loaded.consulted();
  }

  /** What counts now. */
  public Settings current() {
    return current;
  }

  /**
   * What a change on disk did.
   *
   * @param atOnce keys whose value is another one from now on, and not by {@link #edit}
   * @param later keys whose new value counts from the next start, likewise
   * @param said what the person should know: new problems, new things to approve
   */
  public record Change(List<String> atOnce, List<String> later, List<String> said) {}

  /**
   * Makes a change for the person who asked for it here: {@link #refresh} lets it count and does
   * not list it. Whatever else changes, before, meanwhile or after, is listed. The two wait for
   * each other, so that a change is never looked at before it is known whose it is.
   *
   * @return what the change returned
   */
  public synchronized <T> T edit(Function<SettingsEditor, T> change) {
    return own.make(
        () -> SettingsLoader.load(sources), () -> change.apply(new SettingsEditor(sources)));
  }

  /**
   * Looks at the files and reads all again if one of them is not what it was. A file that is broken
   * now keeps counting as it was before.
   */
  public synchronized Optional<Change> refresh() {
    boolean same =
        stamps.entrySet().stream().allMatch(it -> Stamp.of(it.getKey()).equals(it.getValue()));
    if (same) {
      return Optional.empty();
    }
    Settings before = current;
    try {
      SettingsLoader.Loaded loaded = SettingsLoader.read(sources, before);
      stamps = loaded.consulted();
      current = loaded.settings();
    } catch (UserError e) {
      stamps.replaceAll((path, _) -> Stamp.of(path)); // said once, not before each step
      return Optional.of(
          new Change(
              List.of(),
              List.of(),
              List.of("settings: " + e.getMessage() + " Until then they count as before.")));
    }
    return Optional.of(change(before, current));
  }

  private Change change(Settings before, Settings after) {
    Set<String> atOnce = new LinkedHashSet<>();
    Set<String> later = new LinkedHashSet<>();
    for (Setting setting : own.without(before, after)) {
      switch (setting.holds()) {
        case AT_ONCE -> atOnce.add(setting.key());
        case NEXT_START -> later.add(setting.key());
        case NOT_YET -> {}
      }
    }
    Set<String> said = new LinkedHashSet<>();
    after.problems().stream()
        .filter(problem -> !before.problems().contains(problem))
        .forEach(problem -> said.add("settings: " + problem));
    after.withheld().filter(it -> !before.withheld().equals(Optional.of(it))).ifPresent(said::add);
    return new Change(List.copyOf(atOnce), List.copyOf(later), List.copyOf(said));
  }
}
