package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All that is known about one setting: a line of {@code settings.schema.json}.
 *
 * @param key with dots, such as {@code permissions.allow}
 * @param types JSON types of its value; empty = any
 * @param memberTypes JSON types of what is in a list or an object; empty = any
 * @param choices the only values, compared without case; empty = any
 * @param positive whether a number must be above 0
 * @param form what a text must be like; empty = any
 * @param merge how the values of several sources become one
 * @param setBy who may set it
 * @param sensitive whether a project's value counts only once a person approved this very value
 * @param neverFromProject values, or names of members, that a project never sets; {@code *} at
 *     either end stands for anything
 * @param variable an environment variable that stands for it; empty = none
 * @param holds from when a changed value counts
 * @param description for people
 * @param strictest what a value that makes no sense counts as, where ignoring it would open
 *     something; empty = it is ignored
 */
public record Setting(
    String key,
    Set<String> types,
    Set<String> memberTypes,
    List<String> choices,
    boolean positive,
    Optional<Form> form,
    Merge merge,
    SetBy setBy,
    boolean sensitive,
    List<String> neverFromProject,
    String variable,
    Holds holds,
    Optional<JsonNode> strictest,
    String description) {

  /**
   * What a text must be like.
   *
   * @param pattern that the whole of it matches
   * @param words the same for people, such as "two printable characters"
   */
  public record Form(Pattern pattern, String words) {}

  /** How the values of several sources become one. */
  public enum Merge {
    /** The strongest source wins. */
    OVERRIDE,
    /** Lists are joined, weakest source first; of objects the lists of the same member. */
    APPEND,
    /** Each member of an object by itself: the strongest source wins. */
    MEMBERS
  }

  /** Who may set it. */
  public enum SetBy {
    ANY,
    /** No file of a project, trusted or not. */
    NOT_PROJECT,
    /** Only the person's own settings and the administrator's. */
    USER_POLICY;

    /** Whether a source is among them. */
    public boolean allows(Source source) {
      return switch (this) {
        case ANY -> true;
        case NOT_PROJECT -> !source.isFromProject();
        case USER_POLICY -> source == Source.USER || source == Source.POLICY;
      };
    }
  }

  /** From when a changed value counts. */
  public enum Holds {
    /** From the next step, also in a running session. */
    AT_ONCE,
    NEXT_START,
    /** Known and kept, but nothing uses it in this version. */
    NOT_YET
  }

  public Setting {
    types = Set.copyOf(types);
    memberTypes = Set.copyOf(memberTypes);
    choices = List.copyOf(choices);
    neverFromProject = List.copyOf(neverFromProject);
  }

  /** Whether a project never sets this value, or a member of this name. */
  boolean isNeverFromProject(String valueOrName) {
    String text = valueOrName.toUpperCase(Locale.ROOT);
    for (String pattern : neverFromProject) {
      String core = pattern.replace("*", "").toUpperCase(Locale.ROOT);
      boolean openStart = pattern.startsWith("*");
      boolean openEnd = pattern.endsWith("*");
      boolean matches =
          openStart && openEnd
              ? text.contains(core)
              : openStart
                  ? text.endsWith(core)
                  : openEnd ? text.startsWith(core) : text.equals(core);
      if (matches) {
        return true;
      }
    }
    return false;
  }
}
