package dev.agent.settings;

/** Where a setting comes from, weakest first. */
public enum Source {
  USER("user"),
  PROJECT("project"),
  LOCAL("local"),
  FLAG("flag"),
  POLICY("policy");

  private final String shown;

  Source(String shown) {
    this.shown = shown;
  }

  /** Its name for people and for {@code --setting-sources}. */
  public String shown() {
    return shown;
  }

  /** Whether files of this source come with the repository. */
  public boolean isFromProject() {
    return this == PROJECT || this == LOCAL;
  }
}
