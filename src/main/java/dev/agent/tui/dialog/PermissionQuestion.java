package dev.agent.tui.dialog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.permission.Decision;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Permissions;
import dev.agent.tool.Display;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A call that a person has to decide about.
 *
 * @param trail what each layer said, in their order; empty when nobody asked them
 * @param change what the call would do to a file with this input; asked again when the person
 *     changed the input, so it must not take long
 * @param changeable whether the person may change the input before they allow it
 * @param acceptsEdits whether the mode that accepts edits would let it run
 * @param lasting how long a rule holds that is given here
 * @param position which of the pending questions it is, from 1
 * @param pending how many there are
 */
public record PermissionQuestion(
    PermissionRequest request,
    Decision.Ask ask,
    List<Permissions.Opinion> trail,
    Function<ObjectNode, Optional<Display.Diff>> change,
    boolean changeable,
    boolean acceptsEdits,
    Lasting lasting,
    int position,
    int pending) {
  public PermissionQuestion {
    trail = List.copyOf(trail);
  }

  /** How long "don't ask again" holds. */
  public enum Lasting {
    SESSION("in this session"),
    PROJECT("in this project");

    final String shown;

    Lasting(String shown) {
      this.shown = shown;
    }
  }
}
