package dev.agent.permission;

/** One opinion on calls. Pure apart from following links; thread-safe. */
public interface Layer {
  /** Its name in reasons and the audit. */
  String name();

  Decision decide(PermissionRequest request);

  /** Whether it is heard only where none before it asks: its opinion costs time or money. */
  default boolean isLastResort() {
    return false;
  }

  /** A layer of a name and a function. */
  static Layer of(String name, java.util.function.Function<PermissionRequest, Decision> opinion) {
    return new Layer() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Decision decide(PermissionRequest request) {
        return opinion.apply(request);
      }
    };
  }
}
