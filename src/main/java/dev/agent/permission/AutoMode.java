package dev.agent.permission;

/**
 * Asks the classifier in auto mode what nobody else has decided. After three denials in a row, or
 * twenty in all, a person decides: a classifier that keeps saying no has misunderstood, or is being
 * tried out. Thread-safe.
 */
final class AutoMode implements Layer {
  static final String NAME = "classifier";

  private static final int MAX_IN_A_ROW = 3;
  private static final int MAX_IN_ALL = 20;

  private final Layer undecided;
  private final Classifier classifier;
  private int inARow;
  private int inAll;

  /**
   * @param undecided the last layer, which asks about what is left
   */
  AutoMode(Layer undecided, Classifier classifier) {
    this.undecided = undecided;
    this.classifier = classifier;
  }

  @Override
  public String name() {
    return undecided.name();
  }

  /** Where somebody asks already, a person decides. */
  @Override
  public boolean isLastResort() {
    return true;
  }

  @Override
  public Decision decide(PermissionRequest request) {
    Decision decision = undecided.decide(request);
    if (request.mode() != Mode.AUTO
        || !(decision instanceof Decision.Ask(Reason why, var offers))) {
      return decision;
    }
    if (isUsedUp()) {
      return new Decision.Ask(
          new Reason(NAME, "", "", "it was denied too often; " + why.text()), offers);
    }
    try {
      return switch (classifier.judge(new Classifier.Question(request, why.text()))) {
        case Classifier.Verdict.Safe(String reason) -> {
          count(false);
          yield new Decision.Allow(new Reason(NAME, "", "", reason));
        }
        case Classifier.Verdict.Unsafe(String reason) -> {
          count(true);
          yield new Decision.Deny(new Reason(NAME, "", "", reason));
        }
        case Classifier.Verdict.Unsure(String reason) ->
            new Decision.Ask(new Reason(NAME, "", "", why.text() + " (" + reason + ")"), offers);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return decision;
    }
  }

  private synchronized boolean isUsedUp() {
    return inARow >= MAX_IN_A_ROW || inAll >= MAX_IN_ALL;
  }

  private synchronized void count(boolean denied) {
    inARow = denied ? inARow + 1 : 0;
    inAll += denied ? 1 : 0;
  }
}
