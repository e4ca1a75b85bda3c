package dev.agent.permission;

import dev.agent.sandbox.Confinement;
import dev.agent.shell.Analysis;
import dev.agent.tool.Effect;
import dev.agent.workspace.CommandJudge;
import dev.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The layers in their order: whoever may object stands above whoever may allow. */
public final class Layers {
  static final String HIDDEN_CHARACTERS = "hidden characters";

  private Layers() {}

  /**
   * All of them, first to last. The policy is asked for anew on each call, because answers may add
   * rules.
   */
  public static List<Layer> all(Supplier<Policy> policy, Workspace workspace) {
    return all(policy, workspace, Confinement.none());
  }

  /** The same where commands may be confined. */
  public static List<Layer> all(
      Supplier<Policy> policy, Workspace workspace, Confinement confinement) {
    return all(policy, workspace, confinement, Classifier.NONE);
  }

  /** The same with somebody who judges what is left in auto mode. */
  public static List<Layer> all(
      Supplier<Policy> policy,
      Workspace workspace,
      Confinement confinement,
      Classifier classifier) {
    Path home = policy.get().home();
    Judgements judgements = new Judgements(CommandJudge.of(workspace));
    RuleMatcher matcher = new RuleMatcher(home, judgements);
    CommandCover cover = new CommandCover(judgements, matcher, workspace);
    List<Layer> deciding = deciding(policy, confinement, judgements, matcher, cover);
    Offers offers =
        new Offers(
            judgements,
            cover,
            policy,
            more -> deciding(() -> more, confinement, judgements, matcher, cover));
    List<Layer> layers = new ArrayList<>(deciding);
    layers.set(layers.size() - 1, new AutoMode(offers.behind(layers.getLast()), classifier));
    return List.copyOf(layers);
  }

  private static List<Layer> deciding(
      Supplier<Policy> policy,
      Confinement confinement,
      Judgements judgements,
      RuleMatcher matcher,
      CommandCover cover) {
    Path home = policy.get().home();
    return List.of(
        new ReadOnlySession(confinement),
        Layer.of(HIDDEN_CHARACTERS, request -> hiddenCharacters(judgements, request)),
        Layer.of("deny rules", request -> denyRules(policy.get(), matcher, request)),
        new SafetyFloor(home, policy.get().guarded(), judgements),
        new DangerPatterns(home, policy.get().guarded(), judgements),
        new PrivateHosts(policy),
        Layer.of("plan mode", request -> planMode(judgements, request)),
        Layer.of("ask rules", request -> askRules(policy.get(), matcher, request)),
        Layer.of(HookLayers.OBJECTIONS, HookLayers::objections),
        Layer.of("bypass", Layers::bypass),
        new ConfinedCommands(confinement, home, judgements),
        Layer.of("allow rules", request -> allowRules(policy.get(), matcher, cover, request)),
        Layer.of(HookLayers.APPROVALS, HookLayers::approvals),
        Layer.of("reads", request -> reads(policy.get(), cover, request)),
        Layer.of("mode", request -> mode(policy.get(), cover, request)));
  }

  /** A person could not see what runs, and no rule can mean it: so it is asked about. */
  private static Decision hiddenCharacters(Judgements judgements, PermissionRequest request) {
    Analysis analysis = request.isCommand() ? judgements.of(request).analysis() : Analysis.of("");
    if (!analysis.isUnderstood() || analysis.hidesCharacters()) {
      return new Decision.Ask(
          new Reason(
              HIDDEN_CHARACTERS, "", "", "the command is too long, incomplete or hides characters"),
          List.of());
    }
    for (Path path : request.effect().paths()) {
      if (Analysis.hidesCharacters(path.toString())) {
        return new Decision.Ask(
            new Reason(HIDDEN_CHARACTERS, "", "", "the path hides characters"), List.of());
      }
    }
    return Decision.PASS;
  }

  private static Decision denyRules(Policy policy, RuleMatcher matcher, PermissionRequest request) {
    return matcher
        .touching(policy.deny(), request)
        .<Decision>map(
            rule ->
                new Decision.Deny(
                    new Reason("deny rules", rule.text(), rule.source(), "a rule forbids it")))
        .or(
            () ->
                matcher
                    .perhapsTouching(policy.deny(), request)
                    .map(rule -> perhaps("deny rules", rule, "a rule may forbid what it does")))
        .orElse(Decision.PASS);
  }

  private static Decision planMode(Judgements judgements, PermissionRequest request) {
    boolean leavesPlan = request.call().name().equals("ExitPlanMode");
    if (request.mode() != Mode.PLAN
        || leavesPlan
        || judgements.onlyReads(request) && request.effect().hosts().isEmpty()) {
      return Decision.PASS;
    }
    return new Decision.Deny(
        new Reason(
            "plan mode",
            "",
            "",
            "plan mode only reads; finish the plan and call ExitPlanMode, then it can be carried"
                + " out"));
  }

  private static Decision askRules(Policy policy, RuleMatcher matcher, PermissionRequest request) {
    return matcher
        .touching(policy.ask(), request)
        .<Decision>map(
            rule ->
                new Decision.Ask(
                    new Reason("ask rules", rule.text(), rule.source(), "a rule wants to be asked"),
                    List.of()))
        .or(
            () ->
                matcher
                    .perhapsTouching(policy.ask(), request)
                    .map(rule -> perhaps("ask rules", rule, "a rule may want to be asked")))
        .orElse(Decision.PASS);
  }

  /** What a command does shows only when it runs, and then it may be what a rule speaks of. */
  private static Decision perhaps(String layer, Rule rule, String text) {
    return new Decision.Ask(new Reason(layer, rule.text(), rule.source(), text), List.of());
  }

  private static Decision bypass(PermissionRequest request) {
    return request.mode() == Mode.BYPASS
        ? new Decision.Allow(
            new Reason("bypass", "", "", "permissions are bypassed in this session"))
        : Decision.PASS;
  }

  private static Decision allowRules(
      Policy policy, RuleMatcher matcher, CommandCover cover, PermissionRequest request) {
    Optional<Rule> rule =
        !request.isCommand()
            ? matcher.covering(policy.allow(), request)
            : cover.of(policy, request) instanceof CommandCover.Answer.Ruled(Rule needed)
                ? Optional.of(needed)
                : Optional.empty();
    return rule.<Decision>map(
            it ->
                new Decision.Allow(
                    new Reason("allow rules", it.text(), it.source(), "a rule allows it")))
        .orElse(Decision.PASS);
  }

  private static Decision reads(Policy policy, CommandCover cover, PermissionRequest request) {
    if (request.isCommand()) {
      return switch (cover.of(policy, request)) {
        case CommandCover.Answer.Reads() ->
            new Decision.Allow(new Reason("reads", "", "", "it only reads inside the workspace"));
        case CommandCover.Answer.Open(String why, boolean harmless) when harmless ->
            ask("reads", why);
        case CommandCover.Answer.Open _, CommandCover.Answer.Edits _, CommandCover.Answer.Ruled _ ->
            Decision.PASS;
      };
    }
    Effect effect = request.effect();
    if (effect.kind() != Effect.Kind.READS || !effect.hosts().isEmpty()) {
      return Decision.PASS;
    }
    for (Path path : effect.paths()) {
      if (!cover.workspace().contains(path)) {
        return ask("reads", "\"" + path + "\" lies outside of the workspace");
      }
      if (SecretFiles.isSecret(path)
          || Workspace.realPath(path).map(SecretFiles::isSecret).orElse(true)) {
        return ask("reads", "\"" + path + "\" most likely holds secrets");
      }
    }
    return new Decision.Allow(new Reason("reads", "", "", "it only reads inside the workspace"));
  }

  private static Decision mode(Policy policy, CommandCover cover, PermissionRequest request) {
    if (request.isCommand()) {
      return switch (cover.of(policy, request)) {
        case CommandCover.Answer.Open(String why, _) -> ask("mode", why);
        case CommandCover.Answer.Edits _ ->
            new Decision.Allow(
                new Reason("mode", "", "", "edits in the workspace are accepted in this session"));
        case CommandCover.Answer.Reads _, CommandCover.Answer.Ruled _ ->
            ask("mode", "what it does is not known to be harmless");
      };
    }
    Effect effect = request.effect();
    boolean edits = effect.kind() == Effect.Kind.WRITES;
    if ((request.mode() == Mode.ACCEPT_EDITS || request.mode() == Mode.AUTO)
        && edits
        && !effect.paths().isEmpty()) {
      return effect.paths().stream().allMatch(cover.workspace()::contains)
          ? new Decision.Allow(
              new Reason("mode", "", "", "edits in the workspace are accepted in this session"))
          : ask("mode", "it changes files outside of the workspace");
    }
    return ask("mode", edits ? "it changes files" : "what it does is not known to be harmless");
  }

  private static Decision ask(String layer, String text) {
    return new Decision.Ask(new Reason(layer, "", "", text), List.of());
  }
}
