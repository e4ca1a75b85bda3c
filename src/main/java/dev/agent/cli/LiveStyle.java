package dev.agent.cli;

import dev.agent.context.OutputStyles;
import dev.agent.loop.AgentLoop;
import dev.agent.settings.Settings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the output style follow the settings while a session goes on: the next request has another
 * system prompt. Owned by the session's thread.
 */
final class LiveStyle implements Reload.Part {
  private final Briefing briefing;
  private Choice now;
  private @Nullable AgentLoop loop;

  /** What decides about the style: its name, and whether styles of the project count. */
  private record Choice(Optional<String> name, boolean trusted) {
    static Choice of(Settings settings) {
      return new Choice(settings.text(OutputStyles.SETTING), settings.trusted());
    }
  }

  /**
   * @param settings that the briefing was made with
   */
  LiveStyle(Briefing briefing, Settings settings) {
    this.briefing = briefing;
    this.now = Choice.of(settings);
  }

  /** This loop makes the requests. It is made after what looks at settings, so it comes later. */
  void follow(AgentLoop made) {
    loop = made;
  }

  @Override
  public List<String> change(Settings settings) {
    Choice wanted = Choice.of(settings);
    if (wanted.equals(now)) {
      return List.of();
    }
    now = wanted;
    List<String> said = briefing.restyle(settings);
    if (loop != null) {
      loop.change(
          parts ->
              parts.withModel(
                  parts.model(),
                  parts.outputTokens(),
                  parts.assembler().withSystem(briefing.system(parts.model()))));
    }
    return said;
  }
}
