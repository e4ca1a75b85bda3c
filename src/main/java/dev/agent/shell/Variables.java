package dev.agent.shell;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the shell's variables at one place of a script. Immutable.
 *
 * @param environment what the shell finds at its start
 * @param assigned what the script sets, unknown values included
 * @param lost anything may have been set since: only {@code assigned} is known
 */
record Variables(Map<String, String> environment, Map<String, Argument> assigned, boolean lost) {
  private static final Argument UNKNOWN = Argument.unknown("");

  /** Variables that don't keep what is assigned to them. */
  private static final Set<String> SPECIAL =
      Set.of(
          "_",
          "RANDOM",
          "SRANDOM",
          "SECONDS",
          "LINENO",
          "EPOCHSECONDS",
          "EPOCHREALTIME",
          "UID",
          "EUID",
          "PPID",
          "GROUPS",
          "DIRSTACK",
          "FUNCNAME",
          "PIPESTATUS",
          "SHELLOPTS",
          "OPTIND",
          "OPTARG",
          "HISTCMD",
          "COMP_WORDBREAKS",
          "PWD",
          "OLDPWD");

  static Variables of(Map<String, String> environment) {
    return new Variables(Map.copyOf(environment), Map.of(), false);
  }

  /** The value; of uncertain certainty when it is not known. */
  Argument get(String name) {
    Argument value = assigned.get(name);
    if (value != null) {
      return value;
    }
    String given = lost ? null : environment.get(name);
    return given == null ? UNKNOWN : Argument.exact(given);
  }

  /** Whether unquoted values are cut at blanks, tabs and line ends, as at the start. */
  boolean splitsAtBlanks() {
    return !lost && !assigned.containsKey("IFS");
  }

  Variables with(String name, Argument value) {
    Map<String, Argument> more = new HashMap<>(assigned);
    boolean special = SPECIAL.contains(name) || name.startsWith("BASH");
    more.put(name, special ? UNKNOWN : value);
    return new Variables(environment, Map.copyOf(more), lost);
  }

  Variables withUnknown(String name) {
    return with(name, UNKNOWN);
  }

  Variables allUnknown() {
    return new Variables(environment, Map.of(), true);
  }

  /** What holds whichever of the two is the case. */
  Variables or(Variables other) {
    if (equals(other)) {
      return this;
    }
    if (lost || other.lost) {
      return allUnknown();
    }
    Set<String> names = new HashSet<>(assigned.keySet());
    names.addAll(other.assigned.keySet());
    Map<String, Argument> both = new HashMap<>();
    for (String name : names) {
      Argument mine = get(name);
      both.put(name, mine.equals(other.get(name)) ? mine : UNKNOWN);
    }
    return new Variables(environment, Map.copyOf(both), false);
  }
}
