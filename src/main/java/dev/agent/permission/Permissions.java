package dev.agent.permission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.runtime.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Walks the layers and, where they want it, asks. Thread-safe as far as layers and asker are. */
public final class Permissions {
  private static final String PERMISSION = "Permission to ";
  private static final String DENIED = " has been denied: ";

  private final List<Layer> layers;
  private final Asker asker;
  private final Consumer<List<Rule>> grant;
  private final Consumer<Audit> audit;

  /** What was decided, for the record. */
  public record Audit(PermissionRequest request, Decision decision, boolean allowed) {}

  /** What one layer made of a call. */
  public record Opinion(String layer, Decision decision) {}

  /** What the caller has to do. */
  public sealed interface Verdict {
    /** Run it. */
    record Allowed() implements Verdict {}

    /** Run it with another input, once {@link #forbids} has nothing against that. */
    record Changed(ObjectNode input) implements Verdict {}

    /** Don't: it would fail as things stand. Nobody has said no. */
    record Futile(String why) implements Verdict {}

    /** Don't; tell the model why. */
    record Denied(String forModel, boolean endTurn) implements Verdict {}
  }

  /**
   * @param grant takes rules that were given during the session
   */
  public Permissions(
      List<Layer> layers, Asker asker, Consumer<List<Rule>> grant, Consumer<Audit> audit) {
    this.layers = List.copyOf(layers);
    this.asker = asker;
    this.grant = grant;
    this.audit = audit;
  }

  /** What the layers make of a call, before anybody is asked: never a pass. */
  public Decision decide(PermissionRequest request) {
    return walk(layers, request);
  }

  /**
   * What each layer makes of a call, in their order, for a person who wants to know; ends with the
   * layer that ends the matter.
   */
  public List<Opinion> trail(PermissionRequest request) {
    List<Opinion> trail = new ArrayList<>();
    boolean asked = false;
    for (Layer layer : layers) {
      if (asked && layer.isLastResort()) {
        continue;
      }
      Decision opinion = opinion(layer, request);
      trail.add(new Opinion(layer.name(), opinion));
      asked |= opinion instanceof Decision.Ask;
      if (opinion instanceof Decision.Deny || opinion instanceof Decision.Allow && !asked) {
        break;
      }
    }
    return List.copyOf(trail);
  }

  private static Decision opinion(Layer layer, PermissionRequest request) {
    try {
      return layer.decide(request);
    } catch (RuntimeException e) {
      return new Decision.Deny(
          new Reason(
              layer.name(), "", "", "the layer failed (" + e.getClass().getSimpleName() + ")"));
    }
  }

  /** What a list of layers makes of a call: never a pass. */
  static Decision walk(List<Layer> layers, PermissionRequest request) {
    Decision.Ask asked = null;
    for (Layer layer : layers) {
      if (asked != null && layer.isLastResort()) {
        continue;
      }
      Decision opinion = opinion(layer, request);
      switch (opinion) {
        case Decision.Pass() -> {}
        case Decision.Deny deny -> {
          return deny;
        }
        case Decision.Ask ask -> asked = asked == null ? ask : asked;
        case Decision.Allow allow -> {
          if (asked == null) {
            return allow;
          }
        }
      }
    }
    Decision.Ask ask =
        asked == null
            ? new Decision.Ask(
                new Reason("end of list", "", "", "no layer has an opinion"), List.of())
            : asked;
    return request.mode() == Mode.DONT_ASK
        ? new Decision.Deny(
            new Reason("mode", "", "", "dontAsk mode denies what would ask: " + ask.why().text()))
        : ask;
  }

  /** Decides, asking where needed. */
  public Verdict authorise(PermissionRequest request, Cancellation cancellation)
      throws InterruptedException {
    Decision decision = decide(request);
    Verdict verdict =
        switch (decision) {
          case Decision.Allow _ -> new Verdict.Allowed();
          case Decision.Deny(Reason why) -> new Verdict.Denied(denied(request, reason(why)), false);
          case Decision.Ask ask -> answer(request, ask, cancellation);
          case Decision.Pass _ ->
              new Verdict.Denied(denied(request, "no layer has an opinion"), false);
        };
    audit.accept(new Audit(request, decision, runs(verdict)));
    return verdict;
  }

  private static boolean runs(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allowed _, Verdict.Changed _ -> true;
      case Verdict.Denied _, Verdict.Futile _ -> false;
    };
  }

  /**
   * Why a call must not run although a program has allowed it with this very input in the person's
   * place; empty when it may.
   */
  public Optional<String> forbids(PermissionRequest request) {
    return switch (decide(request)) {
      case Decision.Deny(Reason why) -> Optional.of(denied(request, reason(why)));
      case Decision.Ask ask when ask.onlyByPerson() ->
          Optional.of(denied(request, "only a person may allow it: " + reason(ask.why())));
      case Decision.Ask _, Decision.Allow _, Decision.Pass _ -> Optional.empty();
    };
  }

  private Verdict answer(PermissionRequest request, Decision.Ask ask, Cancellation cancellation)
      throws InterruptedException {
    return switch (asker.ask(request, ask, cancellation)) {
      case Asker.Answer.AllowOnce() -> new Verdict.Allowed();
      case Asker.Answer.AllowChanged(ObjectNode input) -> new Verdict.Changed(input);
      case Asker.Answer.AllowAlways(List<Rule> rules) -> {
        grant.accept(rules);
        yield new Verdict.Allowed();
      }
      case Asker.Answer.Futile(String why) -> new Verdict.Futile(why);
      case Asker.Answer.Deny(String message, boolean endTurn) ->
          new Verdict.Denied(denied(request, message), endTurn);
    };
  }

  private static String reason(Reason why) {
    String rule =
        why.rule().isEmpty()
            ? ""
            : " (" + why.rule() + (why.source().isEmpty() ? "" : ", " + why.source()) + ")";
    return why.text() + rule;
  }

  private static String denied(PermissionRequest request, String why) {
    String what =
        request.command().isEmpty()
            ? "use " + request.call().name()
            : "use Bash with command " + request.command();
    String end = why.endsWith(".") ? "" : ".";
    return PERMISSION + what + DENIED + why + end;
  }

  /**
   * Why a call was denied, of what the model is told: a person sees the call beside it. A text of
   * another kind is its own reason.
   */
  public static String reasonOf(String denied) {
    int at = denied.startsWith(PERMISSION) ? denied.lastIndexOf(DENIED) : -1;
    return at < 0 ? denied : denied.substring(at + DENIED.length());
  }
}
