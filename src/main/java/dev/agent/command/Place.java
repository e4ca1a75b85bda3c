package dev.agent.command;

import dev.agent.session.Sessions;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import dev.agent.workspace.FileHistory;
import dev.agent.workspace.Workspace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where a session lives.
 *
 * @param workspace its directories
 * @param projectRoot the repository's root, or the working directory where there is none
 * @param places the person's directories
 * @param settings the settings that count now
 * @param environment the variables of the process, with those of the settings
 * @param programs runs git and others
 * @param sessions the sessions of all projects
 * @param history what files held before the agent changed them
 * @param time the clock
 * @param zone the person's time zone
 * @param machine what it runs on
 * @param version the agent's version
 */
public record Place(
    Workspace workspace,
    Path projectRoot,
    Places places,
    Supplier<Settings> settings,
    Map<String, String> environment,
    Programs programs,
    Sessions sessions,
    FileHistory history,
    InstantSource time,
    ZoneId zone,
    Machine machine,
    String version) {
  public Place {
    environment = Map.copyOf(environment);
  }
}
