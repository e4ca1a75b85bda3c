package dev.agent.mode.interactive;

import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.settings.Settings;
import java.util.Optional;

/** Draws an interactive session and passes on what the person does. One instance, one run. */
@FunctionalInterface
public interface Surface {
  /**
   * Draws until the session is closed or another surface is wanted. Blocks; what the terminal was
   * like before is restored when it returns, however it does. A session may be open already and
   * questions may wait: these are drawn first.
   *
   * @return the name of the surface that goes on with the session; empty = the end
   */
  Optional<String> run(Controller controller);

  /**
   * What surfaces are made from.
   *
   * @param choice which one it is, and why
   * @param settings as they were at the start
   * @param life of the process: a surface leaves soon after it is cancelled
   * @param interrupts for surfaces that leave Ctrl+C to the terminal
   */
  record Place(
      Launch launch,
      SurfaceChoice choice,
      Settings settings,
      Cancellation life,
      Interrupts interrupts) {}
}
