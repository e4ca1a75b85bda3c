package dev.agent.mode.interactive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.permission.Decision;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Permissions;
import dev.agent.session.SessionInfo;
import dev.agent.settings.Contribution;
import dev.agent.tool.Display;
import dev.agent.tools.plan.AskUserQuestion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that only the person can decide. Whoever asked waits until {@link Controller#answer} is
 * called with a reply that fits; {@link Options} lists such replies.
 */
public sealed interface Question {
  /** Its number: a later question has a higher one. */
  long id();

  /**
   * May this call run?
   *
   * @param trail what each layer of permissions said, in their order
   * @param change what the call would change with this input, as far as that can be told; quick
   * @param acceptsEdits whether the acceptEdits mode would let it run
   */
  record Permission(
      long id,
      PermissionRequest request,
      Decision.Ask ask,
      List<Permissions.Opinion> trail,
      Function<ObjectNode, Optional<Display>> change,
      boolean acceptsEdits)
      implements Question {
    public Permission {
      trail = List.copyOf(trail);
    }

    /** What the call would change as it stands; empty when that can't be told. */
    public Optional<Display> preview() {
      return change.apply(request.call().input());
    }
  }

  /** The model asks the person to choose. */
  record Choice(long id, List<AskUserQuestion.Question> questions) implements Question {
    public Choice {
      questions = List.copyOf(questions);
    }
  }

  /** Shall this plan be carried out? */
  record Plan(long id, String plan) implements Question {}

  /** The same call brings the same result again and again: go on? */
  record Circle(long id, String toolName) implements Question {}

  /** Shall the project's files be allowed to do this? */
  record Trust(long id, Path directory, List<Contribution> wanted) implements Question {
    public Trust {
      wanted = List.copyOf(wanted);
    }
  }

  /** Which session shall go on? */
  record Pick(long id, List<SessionInfo> sessions) implements Question {
    public Pick {
      sessions = List.copyOf(sessions);
    }
  }
}
