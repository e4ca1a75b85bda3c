package dev.agent.mode.interactive;

import dev.agent.command.Screen;
import dev.agent.runtime.UserError;
import java.util.List;

/** What commands can change of the plain surface: only that another one goes on. */
record PlainScreen(Controller controller) implements Screen {
  @Override
  public String value(Option option) {
    return option == Option.SURFACE ? Surfaces.PLAIN : "";
  }

  @Override
  public List<String> values(Option option) {
    return option == Option.SURFACE ? controller.surfaces() : List.of();
  }

  @Override
  public void change(Option option, String value) {
    if (option != Option.SURFACE) {
      throw new UserError(
          "Plain text has no such thing.", "Switch to another surface first, with /tui.");
    }
    controller.useSurface(value);
  }

  @Override
  public String copy(String text) {
    throw new UserError(
        "There is no clipboard in plain mode.", "Write it to a file instead, with /export.");
  }
}
