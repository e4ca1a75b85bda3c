package dev.agent.shell;

import dev.agent.shell.CommandForm.Attribute;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What is known about commands: which words of each are options and which paths, and what follows
 * from them. A word that is not known makes the command {@link CommandFacts.Kind#UNKNOWN}; a
 * command that is not in the table is unknown as well. Any thread may ask.
 */
public final class CommandTable {
  private static final String RESOURCE = "commands.txt";
  private static final Set<String> PLACES =
      Set.of("/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/", "/opt/homebrew/bin/");
  private static final String PLAIN_WORD = "[A-Za-z0-9_@][A-Za-z0-9_.:/@-]*";

  private final CommandTableReader reader;

  /** The entries that were asked for. */
  private final Map<String, List<CommandForm>> read = new ConcurrentHashMap<>();

  private CommandTable(CommandTableReader reader) {
    this.reader = reader;
  }

  /**
   * Reads the table that is part of the program: its names now, the rest when it is needed. Keep
   * the result.
   *
   * @throws IllegalStateException when the table itself is wrong
   */
  public static CommandTable load() {
    try (InputStream in = CommandTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            "The table of commands is missing from the program: " + RESOURCE);
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("The table of commands can't be read", e);
    }
  }

  static CommandTable of(String text) {
    return new CommandTable(CommandTableReader.of(text));
  }

  /** The names in the table, in no order; those that begin with {@code @} are groups of options. */
  Set<String> names() {
    return reader.names();
  }

  /**
   * The ways to call a command, in the order in which they are tried; none when it is not known.
   */
  List<CommandForm> forms(String name) {
    List<CommandForm> known = read.get(name);
    if (known == null) {
      known = reader.forms(name);
      if (!known.isEmpty()) {
        read.put(name, known);
      }
    }
    return known;
  }

  /**
   * Judges one simple command, where another directory is never one's own.
   *
   * @param words its name and its arguments, without assignments and redirections
   */
  public CommandFacts judge(List<Argument> words) {
    return judge(words, "."::equals);
  }

  /**
   * Judges one simple command.
   *
   * @param words its name and its arguments, without assignments and redirections
   * @param ownDirectory whether a directory named by an argument is the one whose configuration is
   *     trusted: {@code git -C DIRECTORY} obeys what it finds there
   */
  public CommandFacts judge(List<Argument> words, Predicate<String> ownDirectory) {
    FactCollector facts = new FactCollector();
    if (words.isEmpty()) {
      facts.object("there is no command");
      return facts.facts(List.of());
    }
    Argument first = words.getFirst();
    String name = first.text().substring(first.text().lastIndexOf('/') + 1);
    String place = first.text().substring(0, first.text().length() - name.length());
    if (!first.isExact()) {
      facts.object("\"" + first.text() + "\" may become any command");
    } else if (!place.isEmpty() && !PLACES.contains(place)) {
      facts.object("\"" + first.text() + "\" may be any program");
    }
    return command(name, words, 1, facts, new ArgumentRoles(ownDirectory));
  }

  private CommandFacts command(
      String name, List<Argument> words, int start, FactCollector facts, ArgumentRoles roles) {
    List<CommandForm> known = forms(name);
    if (known.isEmpty()) {
      facts.object("\"" + name + "\" is not a command that is known to be harmless");
      return facts.facts(List.of());
    }
    CommandForm form = known.getFirst();
    if (start == 1 && asksForVersion(words, form)) {
      return facts.facts(List.of());
    }
    if (start < words.size() && words.get(start).isExact()) {
      String sub = name.concat(" ").concat(words.get(start).text());
      if (reader.knows(sub)) {
        return command(sub, words, start + 1, facts, roles);
      }
    }
    if (form.has(Attribute.SUB)) {
      int at = new ArgumentScan(form, words, start, facts, roles).globalOptions();
      if (at < words.size()) {
        String sub = name.concat(" ").concat(words.get(at).text());
        if (words.get(at).isExact() && reader.knows(sub)) {
          return command(sub, words, at + 1, facts, roles);
        }
        facts.object("\"" + sub + "\" is not a command that is known to be harmless");
        new ArgumentScan(form, words, words.size(), facts, roles).run();
        return facts.facts(family(known, words));
      }
    }
    return best(known, words, start, facts, roles);
  }

  /** The first form that is proven; without one, all that the forms have seen. */
  private static CommandFacts best(
      List<CommandForm> known,
      List<Argument> words,
      int start,
      FactCollector facts,
      ArgumentRoles roles) {
    FactCollector all = new FactCollector();
    for (CommandForm form : known) {
      FactCollector own = facts.copy();
      new ArgumentScan(form, words, start, own, roles).run();
      if (own.isProven()) {
        return own.facts(family(known, words));
      }
      all.add(own);
    }
    return all.facts(family(known, words));
  }

  private static boolean asksForVersion(List<Argument> words, CommandForm form) {
    return words.size() == 2
        && words.get(1).isExact()
        && (words.get(1).text().equals("--version") || words.get(1).text().equals("--help"))
        && !form.has(Attribute.NOVERSION);
  }

  private static List<String> family(List<CommandForm> known, List<Argument> words) {
    int length = 0;
    boolean runsAny = false;
    for (CommandForm form : known) {
      length = Math.max(length, form.family());
      runsAny |= form.has(Attribute.INTERPRETER);
    }
    if (length == 0 || words.size() < length || runsAny) {
      return List.of();
    }
    List<String> family = words.subList(0, length).stream().map(Argument::text).toList();
    boolean plain =
        words.subList(0, length).stream().allMatch(Argument::isExact)
            && family.stream().allMatch(it -> it.matches(PLAIN_WORD));
    return plain ? family : List.of();
  }
}
