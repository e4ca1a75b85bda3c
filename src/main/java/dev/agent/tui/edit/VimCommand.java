package dev.agent.tui.edit;

import java.util.ArrayList;
import java.util.List;

/**
 * The command that is being typed: its keys, counts and register, the operator that waits for a
 * motion, and the first key of a command of two. Not thread-safe.
 */
final class VimCommand {
  private static final int MAX_COUNT = 9999;

  private final List<String> keys = new ArrayList<>();
  private int count;
  private int countBefore;
  private String operator = "";
  private String pending = "";
  private char register = VimRegisters.UNNAMED;

  /** Nothing is typed yet. */
  void clear() {
    count = 0;
    countBefore = 0;
    operator = "";
    pending = "";
    register = VimRegisters.UNNAMED;
    keys.clear();
  }

  /** Whether nothing but a register was typed. */
  boolean isIdle() {
    return operator.isEmpty() && pending.isEmpty() && count == 0;
  }

  /** Takes a digit of a count; false when the key is none. */
  boolean takesDigit(String key) {
    char first = key.charAt(0);
    boolean digit =
        key.length() == 1 && (first >= '1' && first <= '9' || first == '0' && count > 0);
    if (digit) {
      count = Math.min(MAX_COUNT, count * 10 + first - '0');
    }
    return digit;
  }

  /** The keys without counts. */
  List<String> keys() {
    return List.copyOf(keys);
  }

  /** Takes a key that is no digit. */
  void add(String key) {
    keys.add(key);
  }

  /** How often it shall be done. */
  int times() {
    return Math.max(1, givenTimes());
  }

  /** The product of both counts; 0 when none was given. */
  int givenTimes() {
    return count == 0 && countBefore == 0
        ? 0
        : Math.min(MAX_COUNT, Math.max(1, countBefore) * Math.max(1, count));
  }

  /** Gives it this count instead of the one typed; 0 for none. */
  void count(int times) {
    count = times;
  }

  /** The operator that waits: {@code d c y}; empty for none. */
  String operator() {
    return operator;
  }

  /** Whether it is this operator that waits. */
  boolean is(String wanted) {
    return operator.equals(wanted);
  }

  /** An operator waits now for what it shall be done to; another count may follow. */
  void operator(String key) {
    operator = key;
    countBefore = count;
    count = 0;
  }

  /** It is an operator on so many of what the last of these keys means. */
  void operator(String key, int times, List<String> as) {
    operator = key;
    countBefore = times;
    count = 0;
    keys.clear();
    keys.addAll(as);
  }

  /** It is an operator whose operand is known already. */
  void alone(String key) {
    operator = key;
  }

  /** The first key of a command of two: {@code f F t T r g i a "}; empty for none. */
  String pending() {
    return pending;
  }

  /** The next key belongs to this one. */
  void pending(String first) {
    pending = first;
  }

  /** Where to copy to or from. */
  char register() {
    return register;
  }

  void register(char name) {
    register = name;
  }
}
