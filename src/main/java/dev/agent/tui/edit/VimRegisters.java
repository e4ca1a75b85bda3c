package dev.agent.tui.edit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was deleted and copied, by register. */
final class VimRegisters {
  /** The register that is used when none is named. */
  static final char UNNAMED = '"';

  private static final char YANKED = '0';
  private static final char NOWHERE = '_';

  /**
   * What a register holds.
   *
   * @param lines whether it is whole lines, without the last line end
   */
  record Held(Passage passage, boolean lines) {}

  private final Map<Character, Held> registers = new HashMap<>();

  /** Whether a character names a register. */
  static boolean isName(String key) {
    return key.length() == 1
        && (Character.isLetterOrDigit(key.charAt(0))
            || key.charAt(0) == UNNAMED
            || key.charAt(0) == NOWHERE);
  }

  void store(char name, Passage passage, boolean lines, boolean yanked) {
    if (name == NOWHERE || passage.isEmpty() && !lines) {
      return;
    }
    Held held = new Held(passage, lines);
    registers.put(UNNAMED, held);
    if (name != UNNAMED) {
      registers.put(Character.toLowerCase(name), held);
    } else if (yanked) {
      registers.put(YANKED, held);
    }
  }

  Optional<Held> held(char name) {
    return Optional.ofNullable(registers.get(Character.toLowerCase(name)));
  }
}
