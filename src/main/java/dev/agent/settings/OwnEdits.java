package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a session did to settings itself since they were looked at last. Values are compared, not
 * only names of settings, so that nobody else's change hides behind one of the session. Not for
 * several threads.
 */
final class OwnEdits {
  private final Map<String, Step> steps = new HashMap<>();

  private record Step(Optional<JsonNode> from, Optional<JsonNode> to) {}

  /**
   * Makes a change.
   *
   * @param read the settings as the files say
   */
  <T> T make(Supplier<Settings> read, Supplier<T> change) {
    Settings before = read.get();
    T done = change.get();
    Settings after = read.get();
    for (Setting setting : changed(before, after)) {
      String key = setting.key();
      Step step = new Step(before.effective(key), after.effective(key));
      // Where another hand came between two of ours, the first no longer explains anything.
      steps.merge(
          key,
          step,
          (earlier, _) ->
              earlier.to().equals(step.from()) ? new Step(earlier.from(), step.to()) : step);
    }
    return done;
  }

  /** The settings that differ and not by changes made here, which are forgotten now. */
  List<Setting> without(Settings before, Settings after) {
    List<Setting> others = new ArrayList<>(changed(before, after));
    others.removeIf(
        setting ->
            new Step(before.effective(setting.key()), after.effective(setting.key()))
                .equals(steps.get(setting.key())));
    steps.clear();
    return others;
  }

  private static List<Setting> changed(Settings before, Settings after) {
    return SettingsSchema.shipped().all().stream()
        .filter(it -> !before.effective(it.key()).equals(after.effective(it.key())))
        .toList();
  }
}
