package dev.agent.settings;

import dev.agent.runtime.UserError;
import java.util.EnumSet;
import java.util.Set;

/** Where a setting comes from, weakest first. */
public enum Source {
  USER("user"),
  PROJECT("project"),
  LOCAL("local"),
  ENVIRONMENT("environment"),
  FLAG("flag"),
  POLICY("policy");

  /** The sources whose files a run may leave out. */
  public static final Set<Source> CHOOSABLE = Set.of(USER, PROJECT, LOCAL);

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

  /**
   * The sources of a list such as {@code user,local}; the empty list means none.
   *
   * @throws UserError when a name is none of user, project and local
   */
  public static Set<Source> parse(String list) {
    Set<Source> sources = EnumSet.noneOf(Source.class);
    for (String name : list.split(",")) {
      if (!name.isBlank()) {
        sources.add(
            CHOOSABLE.stream()
                .filter(source -> source.shown.equals(name.strip()))
                .findFirst()
                .orElseThrow(
                    () ->
                        new UserError(
                            "--setting-sources: \"" + name.strip() + "\" is no source.",
                            "Known are user, project and local.")));
      }
    }
    return sources;
  }
}
