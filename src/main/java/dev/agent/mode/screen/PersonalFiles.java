package dev.agent.mode.screen;

import dev.agent.tui.input.Keymap;
import dev.agent.tui.theme.Themes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The person's own themes and keys: {@code themes/*.json} and {@code keybindings.json} in the
 * configuration directory. Neither has to be there.
 *
 * @param problems what was wrong, one sentence each; themes are read when they are asked for, so
 *     {@link Themes#problems} may know of more later
 */
record PersonalFiles(Themes themes, Keymap keymap, List<String> problems) {
  private static final String KEYS = "keybindings.json";
  private static final long MAX_BYTES = 256 * 1024;

  PersonalFiles {
    problems = List.copyOf(problems);
  }

  static PersonalFiles in(Path config) {
    List<String> problems = new ArrayList<>();
    Themes themes = Themes.of(config.resolve("themes"));
    Keymap keymap = Keymap.defaults();
    Path keys = config.resolve(KEYS);
    if (Files.isRegularFile(keys)) {
      try {
        if (Files.size(keys) > MAX_BYTES) {
          problems.add(KEYS + ": " + keys + " is larger than 256 KB. The default keys hold.");
        } else {
          Keymap.Reading reading = keymap.with(Files.readString(keys), KEYS);
          keymap = reading.keymap();
          problems.addAll(reading.problems());
        }
      } catch (IOException e) {
        problems.add(
            KEYS + ": " + keys + " can't be read (" + e.getMessage() + "). The default keys hold.");
      }
    }
    problems.addAll(themes.problems());
    return new PersonalFiles(themes, keymap, problems);
  }
}
