package dev.agent.cli;

import dev.agent.mode.EventHub;
import dev.agent.mode.Interaction;
import dev.agent.mode.Launch;
import dev.agent.model.Catalog;
import dev.agent.model.ModelInfo;
import dev.agent.net.HttpClients;
import dev.agent.net.NetSettings;
import dev.agent.process.Processes;
import dev.agent.settings.LiveSettings;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import dev.agent.settings.SettingsSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What all parts of a run rest on: read once, before anything is opened, connected to or written.
 *
 * @param person who sits in front of it
 * @param root the directory whose settings count
 * @param settings as they were at the start
 * @param environment the variables of the process with those of the settings
 * @param model the model it starts with
 * @param notices what the person should know before anything runs; grows while the run is put
 *     together, on the thread that does so
 */
record RunBasis(
    Launch launch,
    Interaction person,
    Path root,
    LiveSettings live,
    Settings settings,
    Map<String, String> environment,
    Catalog catalog,
    ModelInfo model,
    Directories directories,
    SessionSetup setup,
    Processes processes,
    HttpClients clients,
    EventHub events,
    List<String> notices) {

  /** Of a run that nobody sits in front of. */
  static RunBasis of(Launch launch) {
    return of(launch, Interaction.NOBODY);
  }

  /**
   * Reads settings and flags.
   *
   * @throws dev.agent.runtime.UserError when a flag makes no sense
   */
  static RunBasis of(Launch launch, Interaction person) {
    List<String> notices = new ArrayList<>();
    EventHub events = new EventHub();
    Places places = launch.world().places();
    SettingsSources sources = RunSettings.sources(launch);
    LiveSettings live = new LiveSettings(sources);
    Settings settings = live.current();
    settings.problems().forEach(problem -> notices.add("settings: " + problem));
    settings.withheld().ifPresent(notices::add);
    notices.addAll(RunSettings.overruled(settings));
    Map<String, String> environment = settings.variables(launch.world().environment());
    HttpClients clients = new HttpClients(NetSettings.from(environment, List.of()));
    Catalog catalog = ModelSelection.catalog(settings, places, notices);
    ModelInfo model = ModelSelection.first(launch, settings, catalog, notices);
    Directories directories = Directories.of(launch, settings);
    SessionSetup setup = new SessionSetup(launch, places, notices, events);
    return new RunBasis(
        launch,
        person,
        sources.root(),
        live,
        settings,
        environment,
        catalog,
        model,
        directories,
        setup,
        new Processes(environment, setup.id()),
        clients,
        events,
        notices);
  }

  Launch.World world() {
    return launch.world();
  }

  Places places() {
    return launch.world().places();
  }
}
