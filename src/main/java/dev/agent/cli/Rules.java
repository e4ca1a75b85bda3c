package dev.agent.cli;

import dev.agent.mode.Launch;
import dev.agent.permission.Decision;
import dev.agent.permission.Permissions;
import dev.agent.permission.Policy;
import dev.agent.permission.Reason;
import dev.agent.permission.Rule;
import dev.agent.runtime.UserError;
import dev.agent.session.Entry;
import dev.agent.settings.Places;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Permission rules from flags and settings, and those that were given during the session.
 *
 * <p>{@link #policy} may be asked by any thread; all others belong to the session's own, except
 * {@link #grant} and {@link #revoke}.
 */
final class Rules {
  private final Launch launch;
  private final Places places;
  private final List<Rule> granted = new CopyOnWriteArrayList<>();
  private volatile Policy policy;
  private List<String> problems = List.of();

  /**
   * @throws UserError when a rule of the command line can't be read
   */
  private Rules(Launch launch, Settings settings, Places places) {
    this.launch = launch;
    this.places = places;
    this.policy = read(settings);
  }

  /** Those of a run; what is wrong with them goes to its notices. */
  static Rules of(RunBasis run) {
    Rules rules = new Rules(run.launch(), run.settings(), run.places());
    run.notices().addAll(rules.problems());
    return rules;
  }

  /** What counts now. */
  Policy policy() {
    return policy.withAllowed(granted);
  }

  /** Takes rules that a person gave for this session. */
  void grant(List<Rule> rules) {
    granted.addAll(rules);
  }

  /** Takes such a rule back; false when there is none that is written like this. */
  boolean revoke(String text) {
    return granted.removeIf(rule -> rule.text().equals(text.strip()));
  }

  /**
   * Other settings count from now on; what was given during the session stays.
   *
   * @return what is wrong with them, as far as it was not said before
   */
  List<String> change(Settings settings) {
    List<String> before = problems;
    policy = read(settings);
    return problems.stream().filter(it -> !before.contains(it)).toList();
  }

  /** What was wrong with the rules that were read last. */
  List<String> problems() {
    return problems;
  }

  /**
   * All rules. One that can't be read in the settings is reported; a rule that forbids then forbids
   * its whole tool, the strictest thing it could mean.
   */
  private Policy read(Settings settings) {
    List<String> notices = new ArrayList<>();
    Path cwd = launch.world().cwd();
    List<Rule> allow = flags("--allowedTools", launch.allowedTools(), cwd);
    List<Rule> deny = flags("--disallowedTools", launch.disallowedTools(), cwd);
    allow.addAll(list(settings, "permissions.allow", false, notices));
    deny.addAll(list(settings, "permissions.deny", true, notices));
    List<Rule> ask = list(settings, "permissions.ask", true, notices);
    problems = List.copyOf(notices);
    List<Path> guarded = places.personal().stream().map(cwd::resolve).toList();
    return new Policy(allow, ask, deny, places.home(), guarded);
  }

  private static List<Rule> flags(String option, List<String> texts, Path cwd) {
    List<Rule> rules = new ArrayList<>();
    for (String text : texts) {
      try {
        rules.add(Rule.parse(text, option, cwd));
      } catch (Rule.InvalidRuleException e) {
        throw new UserError(
            option + ": \"" + text + "\" is not a rule: " + e.getMessage() + ".",
            "Write Tool or Tool(pattern), separated by commas.");
      }
    }
    return rules;
  }

  private static List<Rule> list(
      Settings settings, String key, boolean strict, List<String> notices) {
    List<Rule> rules = new ArrayList<>();
    for (var entry : settings.texts(key)) {
      Settings.Layer layer = entry.getValue();
      try {
        Rule rule = Rule.parse(entry.getKey(), layer.file(), layer.base());
        rules.add(layer.source() == Source.PROJECT ? rule.ofProject() : rule);
      } catch (Rule.InvalidRuleException e) {
        String tool = entry.getKey().split("\\(", 2)[0].strip();
        boolean whole =
            strict
                && !tool.isEmpty()
                && tool.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
        if (whole) {
          rules.add(new Rule(tool, "", layer.file(), layer.base()));
        }
        notices.add(
            "settings: \""
                + key
                + "\" holds \""
                + entry.getKey()
                + "\", which is not a rule: "
                + e.getMessage()
                + ". Correct it in "
                + layer.place(layer.line(key, entry.getKey()))
                + (whole
                    ? "; until then it holds for all of " + tool + "."
                    : "; it is ignored until then."));
      }
    }
    return rules;
  }

  /** A decision for the session's record. */
  static Entry entry(Permissions.Audit audit) {
    Reason why =
        switch (audit.decision()) {
          case Decision.Allow(Reason reason) -> reason;
          case Decision.Ask(Reason reason, _) -> reason;
          case Decision.Deny(Reason reason) -> reason;
          case Decision.Pass() -> new Reason("", "", "", "");
        };
    return new Entry.PermissionDecision(
        audit.request().call().id(),
        audit.request().call().name(),
        audit.allowed() ? "allow" : "deny",
        why.layer(),
        why.rule().isEmpty() ? why.text() : why.rule() + ": " + why.text());
  }
}
