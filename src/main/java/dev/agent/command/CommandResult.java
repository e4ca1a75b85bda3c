package dev.agent.command;

import dev.agent.message.ContentBlock;
import dev.agent.permission.Rule;
import java.nio.file.Path;
import java.util.List;

/** What a command leads to. */
public sealed interface CommandResult {

  /**
   * It is done.
   *
   * @param message one or two sentences for the person; empty when there is nothing to say
   */
  record Handled(String message) implements CommandResult {}

  /**
   * A prompt for the model, as if the person had written it. It is whole: what it names with
   * {@code @} is attached already.
   *
   * @param shown the line as the person sees it, such as {@code /init}
   * @param scope what holds for the turn that it begins, and for no other
   * @param notices what the person should know of it, one sentence each
   */
  record Prompt(List<ContentBlock> content, String shown, Scope scope, List<String> notices)
      implements CommandResult {
    public Prompt {
      content = List.copyOf(content);
      notices = List.copyOf(notices);
    }
  }

  /**
   * What holds for one turn only.
   *
   * @param allowed permission rules that allow; what forbids or asks still does
   * @param model the model's name or alias; empty: the session's
   */
  record Scope(List<Rule> allowed, String model) {
    /** Nothing special. */
    public static final Scope NONE = new Scope(List.of(), "");

    public Scope {
      allowed = List.copyOf(allowed);
    }
  }

  /** Something to look at. It does not become part of the conversation. */
  record Show(Panel panel) implements CommandResult {}

  /**
   * A dialog opens.
   *
   * @param instead the same as something to look at, for front-ends that have no such dialog
   */
  record Open(Dialog dialog, Panel instead) implements CommandResult {}

  /**
   * An answer is in the clipboard; its pieces of code can be had alone.
   *
   * @param done what was done
   * @param typing how to get at the pieces by typing, where no list can be shown
   * @param code at least one
   */
  record Copied(String done, String typing, List<Code> code) implements CommandResult {
    public Copied {
      code = List.copyOf(code);
    }
  }

  /**
   * A piece of code in an answer.
   *
   * @param language may be empty
   */
  record Code(String language, String text) {}

  /** A file opens in the person's editor. It exists. */
  record Edit(Path file) implements CommandResult {}

  /** The program ends as if its input had ended. */
  record Exit() implements CommandResult {}

  /** Dialogs that commands open. */
  enum Dialog {
    MODEL,
    MODE,
    RESUME,
    REWIND,
    SETTINGS,
    PERMISSIONS,
    MEMORY,
    THEME,
    HELP,
    HOOKS,
    OUTPUT_STYLE
  }

  /** Done, with this to say. */
  static CommandResult done(String message) {
    return new Handled(message);
  }
}
