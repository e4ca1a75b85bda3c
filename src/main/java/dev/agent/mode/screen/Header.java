package dev.agent.mode.screen;

import dev.agent.mode.interactive.OpenSession;
import dev.agent.text.Visible;
import dev.agent.tui.view.Content;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of the screen.
 *
 * @param version of the product
 * @param model named before a session is open
 * @param directory as the person should see it, with the branch where there is one
 */
record Header(String version, String model, String directory) {

  /** Before the session is open. */
  Content.Header before() {
    return new Content.Header(
        "agent " + version, model, directory, List.of("/ commands", "? shortcuts"));
  }

  /** Of an open session. */
  Content.Header of(OpenSession session) {
    List<String> facts = new ArrayList<>();
    int files = session.workplace().instructions().size();
    if (files > 0) {
      facts.add(files == 1 ? "1 memory file" : files + " memory files");
    }
    facts.add("/ commands");
    facts.add("? shortcuts");
    return new Content.Header("agent " + version, session.model().id(), directory, facts);
  }

  /** The same with what the directory has checked out. */
  Header on(String branch) {
    return new Header(version, model, directory + " (" + Visible.of(branch) + ")");
  }

  /** A path as people write it: from their home directory on. */
  static String shown(Path path, String home) {
    String text = path.toString();
    return !home.isEmpty() && (text.equals(home) || text.startsWith(home + "/"))
        ? "~" + text.substring(home.length())
        : text;
  }
}
