package dev.agent.permission;

import dev.agent.workspace.CommandJudge;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether a permission rule touches a call, for those that act on calls by rules. Thread-safe. */
public final class RuleCondition {
  private final RuleMatcher matcher;
  private final Path base;

  /**
   * @param home for rules that begin with {@code ~/}
   * @param base where paths of rules that begin with {@code /} start
   */
  public RuleCondition(Path home, Path base) {
    this.matcher = new RuleMatcher(home, new Judgements(new CommandJudge(home, List.of(base))));
    this.base = base;
  }

  /** What is wrong with a rule; empty when nothing is. */
  public Optional<String> fault(String rule) {
    try {
      Rule.parse(rule, "if", base);
      return Optional.empty();
    } catch (Rule.InvalidRuleException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Whether some part of the call is what the rule speaks of.
   *
   * @throws Rule.InvalidRuleException when the text is no rule
   */
  public boolean touches(String rule, PermissionRequest request) throws Rule.InvalidRuleException {
    return matcher.touching(List.of(Rule.parse(rule, "if", base)), request).isPresent();
  }
}
