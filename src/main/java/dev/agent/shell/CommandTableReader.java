package dev.agent.shell;

import dev.agent.shell.CommandForm.Attribute;
import dev.agent.shell.CommandForm.Count;
import dev.agent.shell.CommandForm.Operand;
import dev.agent.shell.CommandForm.Option;
import dev.agent.shell.CommandForm.Turn;
import dev.agent.shell.CommandForm.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the table of commands; its format is explained at the head of {@code commands.txt}. At
 * first only the names are looked up, since most commands of the table are never judged; an entry
 * is read when it is asked for. The table is part of the program, so a mistake in it is an
 * exception that names the entry.
 */
final class CommandTableReader {
  private final String text;

  /** Where the entries of a name begin in the text. */
  private final Map<String, int[]> entries = HashMap.newHashMap(2_000);

  private CommandTableReader(String text) {
    this.text = text;
  }

  static CommandTableReader of(String text) {
    CommandTableReader reader = new CommandTableReader(text);
    reader.index();
    return reader;
  }

  private void index() {
    int at = 0;
    while (at < text.length()) {
      char first = text.charAt(at);
      if (first != '#' && first != ' ' && first != '\n') {
        int name = at;
        int colon = nameEnd(at);
        while (name < colon) {
          int comma = text.indexOf(", ", name);
          int end = comma < 0 || comma > colon ? colon : comma;
          add(text.substring(name, end), at);
          name = end + 2;
        }
      }
      int newline = text.indexOf('\n', at);
      at = newline < 0 ? text.length() : newline + 1;
    }
  }

  private void add(String name, int at) {
    int[] before = entries.get(name);
    int[] all = before == null ? new int[1] : Arrays.copyOf(before, before.length + 1);
    all[all.length - 1] = at;
    entries.put(name, all);
  }

  /** The colon after the names: a command may be called ":" itself. */
  private int nameEnd(int at) {
    int colon = text.indexOf(':', at + 1);
    while (colon >= 0 && colon + 1 < text.length() && " \n".indexOf(text.charAt(colon + 1)) < 0) {
      colon = text.indexOf(':', colon + 1);
    }
    if (colon < 0) {
      throw wrong(at, "no colon after the name");
    }
    return colon;
  }

  boolean knows(String name) {
    return entries.containsKey(name);
  }

  Set<String> names() {
    return entries.keySet();
  }

  /** The forms of a name in their order; none for a name that is not in the table. */
  List<CommandForm> forms(String name) {
    List<CommandForm> forms = new ArrayList<>(2);
    int[] starts = entries.get(name);
    if (starts != null) {
      for (int start : starts) {
        Builder builder = new Builder(start);
        builder.tokens(body(start));
        forms.add(builder.form(name));
      }
    }
    return forms;
  }

  /** What stands after the names of an entry, also in the lines that go on with it. */
  private String body(int start) {
    int end = text.indexOf('\n', start);
    while (end >= 0 && end + 1 < text.length() && text.charAt(end + 1) == ' ') {
      end = text.indexOf('\n', end + 1);
    }
    return text.substring(nameEnd(start) + 1, end < 0 ? text.length() : end);
  }

  private IllegalStateException wrong(int at, String what) {
    int end = text.indexOf('\n', at);
    String entry = text.substring(at, end < 0 ? text.length() : end);
    return new IllegalStateException("commands.txt, entry \"" + entry + "\": " + what);
  }

  /** Collects the tokens of one entry. */
  private final class Builder {
    final List<Operand> operands = new ArrayList<>();
    final Map<String, Option> options = new HashMap<>();
    final Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
    Set<String> needs = Set.of();
    int family;
    final int start;

    Builder(int start) {
      this.start = start;
    }

    CommandForm form(String name) {
      return new CommandForm(name, operands, options, attributes, family, needs);
    }

    void tokens(String text) {
      int at = 0;
      while (at < text.length()) {
        int end = at;
        while (end < text.length() && text.charAt(end) > ' ') {
          end++;
        }
        if (end > at) {
          token(text.substring(at, end));
        }
        at = end + 1;
      }
    }

    private void token(String token) {
      switch (token.charAt(0)) {
        case '@' -> {
          int[] group = entries.get(token);
          if (group == null) {
            throw wrong(start, "there is no group " + token);
          }
          tokens(body(group[0]));
        }
        case '+' -> attribute(token.substring(1));
        case '-' -> option(token);
        case '=' ->
            put(
                token.substring(1),
                new Option(Value.NONE, Role.TEXT, Optional.empty(), Turn.NOTHING));
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
        throw wrong(start, "there is no meaning \"" + name + "\"");
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
        int slash = text.indexOf('/', equals);
        Value value = attached ? Value.ATTACHED : Value.REQUIRED;
        Role first = role(text.substring(equals + 1, slash < 0 ? text.length() : slash));
        Optional<Role> second =
            slash < 0 ? Optional.empty() : Optional.of(role(text.substring(slash + 1)));
        put(name, new Option(value, first, second, turn));
        return;
      }
      Option flag = new Option(Value.NONE, Role.TEXT, Optional.empty(), turn);
      if (text.startsWith("--") || attributes.contains(Attribute.WORDS) || text.equals("-#")) {
        put(text, flag);
      } else {
        for (int i = 1; i < text.length(); i++) {
          put(CommandForm.letter(text.charAt(i)), flag);
        }
      }
    }

    private void put(String name, Option option) {
      boolean isShort = name.length() == 2 && !name.equals("--");
      boolean isDashed = name.startsWith("-");
      if (isDashed && !isShort && !name.startsWith("--") && !attributes.contains(Attribute.WORDS)) {
        throw wrong(start, "\"" + name + "\" is neither a short nor a long option");
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
