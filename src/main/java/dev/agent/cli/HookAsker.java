package dev.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.hook.HookEvent;
import dev.agent.hook.HookListener;
import dev.agent.hook.HookResult;
import dev.agent.hook.Hooks;
import dev.agent.permission.Asker;
import dev.agent.permission.Decision;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Rule;
import dev.agent.runtime.Cancellation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Hooks are asked first, then whoever comes next. They may say no to anything, and yes to all but
 * what only a person may allow.
 */
final class HookAsker implements Asker {
  private final Hooks hooks;
  private final BiPredicate<String, PermissionRequest> conditions;
  private final HookListener listener;
  private final Path base;
  private final Asker next;

  /**
   * @param base where paths of granted rules that begin with {@code /} start
   */
  HookAsker(
      Hooks hooks,
      BiPredicate<String, PermissionRequest> conditions,
      HookListener listener,
      Path base,
      Asker next) {
    this.hooks = hooks;
    this.conditions = conditions;
    this.listener = listener;
    this.base = base;
    this.next = next;
  }

  @Override
  public Answer ask(PermissionRequest request, Decision.Ask ask, Cancellation cancellation)
      throws InterruptedException {
    if (!hooks.has(HookEvent.PERMISSION_REQUEST)) {
      return next.ask(request, ask, cancellation);
    }
    ObjectNode fields = HookFields.call(request.call(), request.effect());
    suggestions(ask, fields.putArray("permission_suggestions"));
    HookResult said =
        hooks.fire(
            HookFields.firing(HookEvent.PERMISSION_REQUEST, request, fields, conditions),
            cancellation);
    if (said.blocked().isPresent() || said.halt().isPresent()) {
      return new Answer.Deny(
          said.blocked().or(said::halt).orElseThrow(),
          said.interrupts() || said.halt().isPresent());
    }
    if (said.approved().isEmpty() || ask.onlyByPerson()) {
      return next.ask(request, ask, cancellation);
    }
    if (said.input().isPresent()) {
      return new Answer.AllowChanged(said.input().get());
    }
    List<Rule> rules = rules(said);
    return rules.isEmpty() ? new Answer.AllowOnce() : new Answer.AllowAlways(rules);
  }

  private void suggestions(Decision.Ask ask, ArrayNode suggestions) {
    for (String offer : ask.offers()) {
      try {
        Rule rule = Rule.parse(offer, "offer", base);
        ObjectNode one = suggestions.addObject();
        one.put("type", "addRules");
        ObjectNode written = one.putArray("rules").addObject().put("toolName", rule.tool());
        if (!rule.spec().isEmpty()) {
          written.put("ruleContent", rule.spec());
        }
        one.put("behavior", "allow").put("destination", "session");
      } catch (Rule.InvalidRuleException e) {
        // An offer that is no rule could not be granted either.
      }
    }
  }

  /** Rules that allow, for the rest of the session; anything else that was wanted is told. */
  private List<Rule> rules(HookResult said) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode updates : said.grants()) {
      for (JsonNode update : updates) {
        boolean adds =
            update.path("type").asText("").equals("addRules")
                && update.path("behavior").asText("").equals("allow");
        if (!adds) {
          listener.failed(
              "A PermissionRequest hook wants the permission update "
                  + update.path("type")
                  + ", which only addRules with the behavior allow can be; it is left out.");
          continue;
        }
        for (JsonNode rule : update.path("rules")) {
          String spec = rule.path("ruleContent").asText("");
          String text = rule.path("toolName").asText("") + (spec.isEmpty() ? "" : "(" + spec + ")");
          try {
            rules.add(Rule.parse(text, "PermissionRequest hook", base));
          } catch (Rule.InvalidRuleException e) {
            listener.failed(
                "A PermissionRequest hook grants \""
                    + text
                    + "\", which is not a rule: "
                    + e.getMessage()
                    + "; it is left out.");
          }
        }
      }
    }
    return rules;
  }
}
