package dev.agent.mode.screen;

import dev.agent.command.SessionFacts.Denial;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.permission.Policy;
import dev.agent.permission.Rule;
import dev.agent.runtime.UserError;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import dev.agent.tui.dialog.Dialog;
import dev.agent.tui.dialog.RuleChange;
import dev.agent.tui.dialog.RulesDialog;
import dev.agent.tui.dialog.RulesDialog.Tab;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The dialog of permissions: shows the rules of files, flags and the session, and adds and removes
 * them. What is added goes to the person's own settings of the project.
 */
final class PermissionRules {
  private static final String SESSION = "this session";

  private final OpenSession session;
  private final Supplier<List<Denial>> denials;
  private final Aside aside;

  PermissionRules(OpenSession session, Supplier<List<Denial>> denials, Aside aside) {
    this.session = session;
    this.denials = denials;
    this.aside = aside;
  }

  /** The list of settings behind a tab; empty for what was denied. */
  static String key(Tab tab) {
    return switch (tab) {
      case ALLOW -> "permissions.allow";
      case ASK -> "permissions.ask";
      case DENY -> "permissions.deny";
      case DIRECTORIES -> "permissions.additionalDirectories";
      case DENIED -> "";
    };
  }

  /** Reads the rules and passes the dialog on. */
  void open(Consumer<Dialog<Runnable>> opens) {
    aside.run(this::items, items -> opens.accept(dialog(items)));
  }

  private List<RulesDialog.Item> items() {
    return items(
        session.settings(),
        session.workplace().policy().get(),
        session.launch().addDirectories(),
        denials.get(),
        session.cwd());
  }

  private Dialog<Runnable> dialog(List<RulesDialog.Item> items) {
    RulesDialog dialog = new RulesDialog(items, session.cwd());
    return new ActionDialog<>(
        dialog,
        change ->
            switch (change) {
              case RuleChange.Add(Tab tab, String text) ->
                  () -> apply(dialog, () -> add(tab, text));
              case RuleChange.Remove(RulesDialog.Item item) ->
                  () -> apply(dialog, () -> drop(item));
              case RuleChange.Done _ -> () -> {};
            });
  }

  private record After(List<RulesDialog.Item> items, String note) {}

  private void apply(RulesDialog dialog, Supplier<String> change) {
    aside.run(
        () -> {
          String note = change.get();
          return new After(items(), note);
        },
        after -> dialog.refresh(after.items(), after.note()),
        dialog::tell);
  }

  private String add(Tab tab, String text) {
    if (tab != Tab.DIRECTORIES) {
      return session.keep(key(tab), List.of(text)) + " It counts from the next step.";
    }
    Path directory;
    try {
      directory = session.cwd().resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new UserError("\"" + text + "\" can't be a directory's name.", "");
    }
    if (!text.startsWith("~/") && !Files.isDirectory(directory)) {
      throw new UserError(directory + " is no directory.", "Name one that exists.");
    }
    String kept = text.startsWith("~/") ? text : directory.toString();
    return session.keep(key(tab), List.of(kept))
        + " It counts from the next start; for this session: /add-dir "
        + kept;
  }

  private String drop(RulesDialog.Item item) {
    if (item.source().equals(SESSION)) {
      return session.revoke(item.text()) ? "Taken back." : "It is gone already.";
    }
    Source source =
        Source.CHOOSABLE.stream()
            .filter(it -> it.shown().equals(item.source()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no source: " + item.source()));
    return session.drop(key(item.tab()), item.text(), source)
        + (item.tab() == Tab.DIRECTORIES ? " It counts from the next start." : "");
  }

  /**
   * The rows of the dialog.
   *
   * @param settings as the files say
   * @param policy that counts, also from flags and the session
   * @param directories of flags and commands
   */
  static List<RulesDialog.Item> items(
      Settings settings, Policy policy, List<String> directories, List<Denial> denials, Path cwd) {
    List<RulesDialog.Item> items = new ArrayList<>();
    for (Tab tab : Tab.values()) {
      if (tab == Tab.DENIED) {
        continue;
      }
      for (var entry : settings.texts(key(tab))) {
        Source source = entry.getValue().source();
        items.add(
            new RulesDialog.Item(
                tab, entry.getKey(), source.shown(), Source.CHOOSABLE.contains(source)));
      }
    }
    addOthers(items, Tab.ALLOW, policy.allow());
    addOthers(items, Tab.ASK, policy.ask());
    addOthers(items, Tab.DENY, policy.deny());
    for (String directory : directories) {
      items.add(new RulesDialog.Item(Tab.DIRECTORIES, directory, "--add-dir or /add-dir", false));
    }
    for (Denial denial : denials.reversed()) {
      String rule = rule(denial, cwd);
      if (items.stream().noneMatch(it -> it.tab() == Tab.DENIED && it.text().equals(rule))) {
        items.add(new RulesDialog.Item(Tab.DENIED, rule, denial.reason(), false));
      }
    }
    return items;
  }

  /** Rules that no file holds: of flags and of the session. */
  private static void addOthers(List<RulesDialog.Item> items, Tab tab, List<Rule> rules) {
    for (Rule rule : rules) {
      if (rule.source().equals(SESSION) || rule.source().startsWith("--")) {
        items.add(
            new RulesDialog.Item(tab, rule.text(), rule.source(), rule.source().equals(SESSION)));
      }
    }
  }

  /** What was denied, as the narrowest rule that says so. */
  private static String rule(Denial denial, Path cwd) {
    String what = denial.what().strip();
    String escaped = what.replace("(", "\\(").replace(")", "\\)");
    boolean plain = !what.isEmpty() && what.indexOf('\n') < 0;
    return switch (denial.tool()) {
      case "Bash" -> plain ? "Bash(" + escaped + ")" : "Bash";
      case "Read" -> plain ? "Read(" + absolute(what, cwd) + ")" : "Read";
      case "Edit", "Write", "NotebookEdit" -> plain ? "Edit(" + absolute(what, cwd) + ")" : "Edit";
      case "WebFetch" -> host(what).map(it -> "WebFetch(domain:" + it + ")").orElse("WebFetch");
      default -> denial.tool();
    };
  }

  /** A path as rules write it: two slashes where the file system begins. */
  private static String absolute(String path, Path cwd) {
    try {
      return "/" + cwd.resolve(path).normalize();
    } catch (InvalidPathException e) {
      return path;
    }
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(new URI(url).getHost()).map(it -> it.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
