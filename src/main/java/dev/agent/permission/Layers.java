package dev.agent.permission;

import dev.agent.sandbox.Confinement;
import dev.agent.shell.CommandLine;
import dev.agent.tool.Effect;
import dev.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    RuleMatcher matcher = new RuleMatcher(policy.get().home());
    return List.of(
        new ReadOnlySession(confinement),
        Layer.of(HIDDEN_CHARACTERS, Layers::hiddenCharacters),
        Layer.of("deny rules", request -> denyRules(policy.get(), matcher, request)),
        new SafetyFloor(policy.get().home()),
        Layer.of("plan mode", Layers::planMode),
        Layer.of("ask rules", request -> askRules(policy.get(), matcher, request)),
        Layer.of(HookLayers.OBJECTIONS, HookLayers::objections),
        Layer.of("bypass", Layers::bypass),
        new ConfinedCommands(confinement, policy.get().home()),
        Layer.of("allow rules", request -> allowRules(policy.get(), matcher, request)),
        Layer.of(HookLayers.APPROVALS, HookLayers::approvals),
        Layer.of("reads", request -> reads(workspace, request)),
        Layer.of("mode", request -> mode(workspace, request)));
  }

  /** A person could not see what runs, and no rule can mean it: so it is asked about. */
  private static Decision hiddenCharacters(PermissionRequest request) {
    if (!request.command().isEmpty() && !CommandLine.parse(request.command()).sound()) {
      return new Decision.Ask(
          new Reason(
              HIDDEN_CHARACTERS, "", "", "the command is too long, incomplete or hides characters"),
          List.of());
    }
    for (Path path : request.effect().paths()) {
      if (CommandLine.hidesCharacters(path.toString())) {
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
        .orElse(Decision.PASS);
  }

  private static Decision planMode(PermissionRequest request) {
    boolean leavesPlan = request.call().name().equals("ExitPlanMode");
    if (request.mode() != Mode.PLAN
        || leavesPlan
        || request.effect().kind() == Effect.Kind.READS && request.effect().hosts().isEmpty()) {
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
        .orElse(Decision.PASS);
  }

  private static Decision bypass(PermissionRequest request) {
    return request.mode() == Mode.BYPASS
        ? new Decision.Allow(
            new Reason("bypass", "", "", "permissions are bypassed in this session"))
        : Decision.PASS;
  }

  private static Decision allowRules(
      Policy policy, RuleMatcher matcher, PermissionRequest request) {
    return matcher
        .covering(policy.allow(), request)
        .<Decision>map(
            rule ->
                new Decision.Allow(
                    new Reason("allow rules", rule.text(), rule.source(), "a rule allows it")))
        .orElse(Decision.PASS);
  }

  private static Decision reads(Workspace workspace, PermissionRequest request) {
    Effect effect = request.effect();
    if (effect.kind() != Effect.Kind.READS || !effect.hosts().isEmpty()) {
      return Decision.PASS;
    }
    for (Path path : effect.paths()) {
      if (!workspace.contains(path)) {
        return ask("reads", "\"" + path + "\" lies outside of the workspace", request);
      }
      if (isSecret(path) || Workspace.realPath(path).map(Layers::isSecret).orElse(true)) {
        return ask("reads", "\"" + path + "\" most likely holds secrets", request);
      }
    }
    return new Decision.Allow(new Reason("reads", "", "", "it only reads inside the workspace"));
  }

  /** Files that hold keys by their names. */
  static boolean isSecret(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    boolean example =
        name.endsWith(".example") || name.endsWith(".sample") || name.endsWith(".template");
    boolean environment = (name.equals(".env") || name.startsWith(".env.")) && !example;
    boolean key =
        name.endsWith(".pem")
            || name.endsWith(".key")
            || name.startsWith("id_rsa")
            || name.startsWith("id_ed25519")
            || name.endsWith(".p12");
    boolean store =
        name.equals(".netrc")
            || name.equals("credentials")
            || name.equals(".git-credentials")
            || name.equals(".npmrc")
            || name.equals(".pypirc");
    return environment || key && !name.endsWith(".pub") || store;
  }

  private static Decision mode(Workspace workspace, PermissionRequest request) {
    Effect effect = request.effect();
    if ((request.mode() == Mode.ACCEPT_EDITS || request.mode() == Mode.AUTO)
        && effect.kind() == Effect.Kind.WRITES
        && !effect.paths().isEmpty()) {
      boolean inside = effect.paths().stream().allMatch(workspace::contains);
      return inside
          ? new Decision.Allow(
              new Reason("mode", "", "", "edits in the workspace are accepted in this session"))
          : ask("mode", "it changes files outside of the workspace", request);
    }
    return ask(
        "mode",
        effect.kind() == Effect.Kind.WRITES
            ? "it changes files"
            : "what it does is not known to be harmless",
        request);
  }

  private static Decision ask(String layer, String text, PermissionRequest request) {
    return new Decision.Ask(new Reason(layer, "", "", text), offers(request));
  }

  /** Rules that would cover exactly this call. */
  private static List<String> offers(PermissionRequest request) {
    List<String> offers = new ArrayList<>();
    if (request.call().name().equals("Bash")) {
      CommandLine line = CommandLine.parse(request.command());
      if (line.plain() && line.parts().size() <= 5) {
        line.parts()
            .forEach(
                part -> {
                  if (part.indexOf('*') < 0 && part.indexOf('\n') < 0) {
                    offers.add("Bash(" + part.replace("(", "\\(").replace(")", "\\)") + ")");
                  }
                });
      }
    } else {
      Optional<Path> path = request.effect().paths().stream().findFirst();
      path.ifPresentOrElse(
          it ->
              offers.add(
                  (request.effect().kind() == Effect.Kind.READS ? "Read" : "Edit")
                      + "(/"
                      + it
                      + ")"),
          () -> offers.add(request.call().name()));
    }
    return offers;
  }
}
