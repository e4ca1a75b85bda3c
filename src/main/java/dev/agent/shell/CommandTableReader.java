package dev.agent.shell;

import dev.agent.shell.CommandForm.Attribute;
import dev.agent.shell.CommandForm.Count;
import dev.agent.shell.CommandForm.Operand;
import dev.agent.shell.CommandForm.Option;
import dev.agent.shell.CommandForm.Turn;
import dev.agent.shell.CommandForm.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the table of commands; its format is explained at the head of {@code commands.txt}. The
 * table is part of the program, so a mistake in it is an exception with the line's number.
 */
final class CommandTableReader {
  private final Map<String, List<CommandForm>> forms = new LinkedHashMap<>();
  private final Map<String, String> groups = new HashMap<>();
  private int line;

  private CommandTableReader() {}

  static Map<String, List<CommandForm>> read(String text) {
    CommandTableReader reader = new CommandTableReader();
    StringBuilder entry = new StringBuilder();
    int at = 0;
    int number = 0;
    while (at <= text.length()) {
      int end = text.indexOf('\n', at);
      String row = text.substring(at, end < 0 ? text.length() : end);
      at = end < 0 ? text.length() + 1 : end + 1;
      number++;
      if (row.isEmpty() || row.charAt(0) == '#') {
        continue;
      }
      if (row.charAt(0) == ' ') {
        entry.append(' ').append(row.strip());
      } else {
        reader.entry(entry.toString());
        reader.line = number;
        entry.setLength(0);
        entry.append(row);
      }
    }
    reader.entry(entry.toString());
    return reader.forms;
  }

  private void entry(String entry) {
    if (entry.isEmpty()) {
      return;
    }
    int colon = (entry + " ").indexOf(": ");
    if (colon < 0) {
      throw wrong("no colon after the name");
    }
    String names = entry.substring(0, colon).strip();
    String rest = entry.substring(colon + 1);
    if (names.startsWith("@")) {
      groups.put(names, rest);
      return;
    }
    Builder builder = new Builder();
    builder.tokens(rest);
    for (String name : names.split(",")) {
      forms.computeIfAbsent(name.strip(), ignored -> new ArrayList<>()).add(builder.form(name.strip()));
    }
  }

  private IllegalStateException wrong(String what) {
    return new IllegalStateException("commands.txt, entry of line " + line + ": " + what);
  }

  /** Collects the tokens of one entry. */
  private final class Builder {
    final List<Operand> operands = new ArrayList<>();
    final Map<String, Option> options = new HashMap<>();
    final Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
    Set<String> needs = Set.of();
    int family;

    CommandForm form(String name) {
      return new CommandForm(name, operands, options, attributes, family, needs);
    }

    void tokens(String text) {
      int at = 0;
      while (at < text.length()) {
        int end = text.indexOf(' ', at);
        end = end < 0 ? text.length() : end;
        if (end > at) {
          token(text.substring(at, end));
        }
        at = end + 1;
      }
    }

    private void token(String token) {
      switch (token.charAt(0)) {
        case '@' -> {
          String group = groups.get(token);
          if (group == null) {
            throw wrong("there is no group " + token);
          }
          tokens(group);
        }
        case '+' -> attribute(token.substring(1));
        case '-' -> option(token);
        case '=' -> put(token.substring(1), new Option(Value.NONE, Role.TEXT, Optional.empty(), Turn.NOTHING));
        default -> operand(token);
      }
    }

    private void attribute(String text) {
      if (text.startsWith("family=")) {
        family = Integer.parseInt(text.substring("family=".length()));
      } else if (text.startsWith("needs=")) {
        needs = Set.of(text.substring("needs=".length()).split(","));
      } else {
        attributes.add(Attribute.valueOf(text.toUpperCase(Locale.ROOT)));
      }
    }

    private void operand(String token) {
      int last = token.length() - 1;
      Count count =
          switch (token.charAt(last)) {
            case '?' -> Count.OPTIONAL;
            case '*' -> Count.ANY;
            case '~' -> Count.SOME;
            default -> Count.ONE;
          };
      operands.add(new Operand(role(count == Count.ONE ? token : token.substring(0, last)), count));
    }

    private Role role(String name) {
      try {
        return Role.valueOf(name.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw wrong("there is no meaning \"" + name + "\"");
      }
    }

    private void option(String token) {
      String text = token;
      Turn turn = turn(text.charAt(text.length() - 1));
      if (turn != Turn.NOTHING) {
        text = text.substring(0, text.length() - 1);
      }
      int equals = text.indexOf('=', 1);
      if (equals > 0) {
        boolean attached = text.charAt(equals - 1) == '?';
        String name = text.substring(0, attached ? equals - 1 : equals);
        String[] roles = text.substring(equals + 1).split("/");
        Value value = attached ? Value.ATTACHED : Value.REQUIRED;
        Optional<Role> second = roles.length < 2 ? Optional.empty() : Optional.of(role(roles[1]));
        put(name, new Option(value, role(roles[0]), second, turn));
        return;
      }
      Option flag = new Option(Value.NONE, Role.TEXT, Optional.empty(), turn);
      if (text.startsWith("--") || attributes.contains(Attribute.WORDS) || text.equals("-#")) {
        put(text, flag);
      } else {
        for (int i = 1; i < text.length(); i++) {
          put("-" + text.charAt(i), flag);
        }
      }
    }

    private void put(String name, Option option) {
      boolean isShort = name.length() == 2 && !name.equals("--");
      boolean isDashed = name.startsWith("-");
      if (isDashed && !isShort && !name.startsWith("--") && !attributes.contains(Attribute.WORDS)) {
        throw wrong("\"" + name + "\" is neither a short nor a long option");
      }
      options.put(name, option);
    }

    private static Turn turn(char last) {
      return switch (last) {
        case '^' -> Turn.FIRST;
        case '$' -> Turn.LAST;
        case '>' -> Turn.WRITE;
        case '<' -> Turn.GONE;
        case '!' -> Turn.UNPROVEN;
        default -> Turn.NOTHING;
      };
    }
  }
}
