package dev.agent.tui.view;

import java.time.Instant;

/**
 * One block of the transcript. Immutable: a change is a new value with the same id.
 *
 * @param id its number, rising from 0; never used twice in a transcript
 * @param version rises with each change
 * @param isUnfolded whether all of it is shown
 * @param spaced whether a blank row stands above it
 * @param at when it began
 * @param model that answered, for blocks of an answer; empty otherwise
 */
public record Block(
    long id,
    int version,
    boolean isUnfolded,
    boolean spaced,
    Instant at,
    String model,
    Content content) {

  Block with(Content newContent) {
    return new Block(id, version + 1, isUnfolded, spaced, at, model, newContent);
  }

  Block unfolded(boolean now) {
    return new Block(id, version + 1, now, spaced, at, model, content);
  }

  Block numbered(long newId) {
    return id == newId ? this : new Block(newId, version, isUnfolded, spaced, at, model, content);
  }

  Block spaced(boolean now) {
    return spaced == now ? this : new Block(id, version + 1, isUnfolded, now, at, model, content);
  }

  /** In the place of one that is lost. */
  static Block lost(long id, Content told) {
    return new Block(id, 0, false, true, Instant.EPOCH, "", told);
  }
}
