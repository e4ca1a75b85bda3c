package dev.agent.cli;

import dev.agent.mode.Interaction;
import dev.agent.mode.Launch;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.SessionHost;
import dev.agent.session.SessionInfo;
import dev.agent.session.Sessions;
import dev.agent.settings.Contribution;
import dev.agent.settings.SettingsLoader;
import dev.agent.settings.SettingsSources;
import dev.agent.settings.Trust;
import java.nio.file.Path;
import java.util.List;

/** Opens the sessions of an interactive run, one {@link RunBasis} each. */
final class InteractiveHost implements SessionHost {
  private final Launch.World world;
  private final SettingsSources sources;

  InteractiveHost(Launch launch) {
    this.world = launch.world();
    this.sources = RunSettings.sources(launch);
  }

  @Override
  public Path root() {
    return sources.root();
  }

  @Override
  public List<Contribution> unapproved() {
    return SettingsLoader.load(sources).contributions().stream()
        .filter(it -> !it.approved())
        .toList();
  }

  @Override
  public void trust(List<Contribution> shown) {
    List<Contribution> all =
        SettingsLoader.load(sources).contributions().stream()
            .filter(it -> it.approved() || shown.stream().anyMatch(s -> s.hash().equals(it.hash())))
            .toList();
    new Trust(world.places()).grant(sources.root(), all);
  }

  @Override
  public List<SessionInfo> sessions() {
    return new Sessions(world.places().data(), world.ids(), world.time(), List.of(), _ -> {})
        .list(world.cwd());
  }

  @Override
  public OpenSession open(Launch launch, Interaction person, boolean cleared) {
    return new InteractiveSession(launch, sources, Wiring.open(launch, person, cleared));
  }
}
