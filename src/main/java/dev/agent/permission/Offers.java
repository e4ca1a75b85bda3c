package dev.agent.permission;

import dev.agent.shell.Argument;
import dev.agent.tool.Effect;
import dev.agent.workspace.CommandPart;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rules that a question offers for "don't ask again": the narrowest that cover exactly this
 * call, and only if the layers themselves would then allow it.
 */
final class Offers {
  private static final int MAX_RULES = 5;
  private static final int MAX_CHARS = 200;

  private final Judgements judgements;
  private final CommandCover cover;
  private final Supplier<Policy> policy;
  private final Function<Policy, List<Layer>> layers;

  /**
   * @param layers the layers under another policy
   */
  Offers(
      Judgements judgements,
      CommandCover cover,
      Supplier<Policy> policy,
      Function<Policy, List<Layer>> layers) {
    this.judgements = judgements;
    this.cover = cover;
    this.policy = policy;
    this.layers = layers;
  }

  /** The last layer, whose questions come with offers. */
  Layer behind(Layer last) {
    return Layer.of(
        last.name(),
        request ->
            last.decide(request) instanceof Decision.Ask(Reason why, _)
                ? new Decision.Ask(why, of(request))
                : last.decide(request));
  }

  /** Rules that together would allow the call; none when there are no such, or too many. */
  List<String> of(PermissionRequest request) {
    List<String> texts = request.isCommand() ? commands(request) : others(request);
    List<Rule> rules = new ArrayList<>();
    for (String text : texts) {
      try {
        rules.add(Rule.parse(text, "offer", request.cwd()));
      } catch (Rule.InvalidRuleException e) {
        return List.of();
      }
    }
    if (rules.isEmpty() || rules.size() > MAX_RULES) {
      return List.of();
    }
    Decision then = Permissions.walk(layers.apply(policy.get().withAllowed(rules)), request);
    return then instanceof Decision.Allow ? texts : List.of();
  }

  private List<String> commands(PermissionRequest request) {
    if (!judgements.of(request).analysis().isProvable()) {
      return List.of();
    }
    Set<String> offers = new LinkedHashSet<>();
    for (CommandPart part : judgements.of(request).parts()) {
      if (cover.isCovered(policy.get(), request, part)) {
        continue;
      }
      String rule = rule(part);
      if (rule.isEmpty()) {
        return List.of();
      }
      offers.add(rule);
    }
    return List.copyOf(offers);
  }

  /** A rule for one command; empty when none can be offered. */
  private static String rule(CommandPart part) {
    List<String> family = part.facts().family();
    List<Argument> words = part.command().argv();
    String text = part.command().text();
    boolean more = words.size() > family.size();
    String spec = family.isEmpty() || !more ? text : String.join(" ", family) + " *";
    boolean plain =
        family.isEmpty() || !more
            ? part.command().isExact() && text.indexOf('*') < 0 && text.indexOf('\n') < 0
            : true;
    return plain && spec.length() <= MAX_CHARS
        ? "Bash(" + spec.replace("(", "\\(").replace(")", "\\)") + ")"
        : "";
  }

  private static List<String> others(PermissionRequest request) {
    Effect effect = request.effect();
    if (!effect.hosts().isEmpty()) {
      return hosts(request.call().name(), effect.hosts());
    }
    if (effect.paths().isEmpty()) {
      return List.of(request.call().name());
    }
    List<String> offers = new ArrayList<>();
    String tool = effect.kind() == Effect.Kind.READS ? "Read" : "Edit";
    for (Path path : effect.paths()) {
      offers.add(tool + "(/" + path + ")");
    }
    return offers;
  }

  /** One rule for each host; none where one can't be written down. */
  private static List<String> hosts(String tool, Set<URI> asked) {
    Set<String> offers = new LinkedHashSet<>();
    for (URI uri : asked) {
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      while (host.endsWith(".")) {
        host = host.substring(0, host.length() - 1);
      }
      boolean named = !host.isEmpty() && host.chars().allMatch(Offers::isPartOfHost);
      if (!named || !tool.equals("WebFetch")) {
        return List.of();
      }
      offers.add(tool + "(domain:" + host + ")");
    }
    return List.copyOf(offers);
  }

  /** What stands for itself in a pattern of hosts. */
  private static boolean isPartOfHost(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_';
  }
}
