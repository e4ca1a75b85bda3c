package dev.agent.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a journal can say. An entry has no identity of its own: the log that takes it adds number,
 * id, parent, time and session ({@link Line}). An absent text is the empty string.
 *
 * <p>{@link User}, {@link Assistant}, {@link CompactBoundary} and {@link Rewound} make up the
 * conversation; the others are notes beside it.
 */
public sealed interface Entry {

  /** Where a user message came from. */
  enum Origin {
    /** Typed or handed in by a person or a host. */
    PROMPT,
    /** The results of the tool calls in the message before. */
    TOOL_RESULTS,
    /** Asks the model to go on where it was cut off. */
    CONTINUATION,
    /** Context that the agent adds by itself. */
    REMINDER
  }

  /** How a tool call ended. */
  enum Status {
    /** It ran to its end and did what it was asked. */
    DONE,
    /** It ran and answered with an error. */
    FAILED,
    /** It was stopped. */
    CANCELLED
  }

  /** Facts about the session: first entry of each file, and again when one of them changes. */
  record Meta(String cwd, String version, String model, String gitBranch, String title)
      implements Entry {}

  /** A message with role user (or system) as it was sent. */
  record User(Message message, Origin origin) implements Entry {}

  /**
   * A reply, or a part of one: parts with the same {@code messageId} that follow each other are one
   * message. A part without a stop reason is not the last. When a session ends after such a part,
   * the message counts only if one of its tool calls was begun.
   *
   * @param costUsd what the request cost, where a price is known; in the last part only
   */
  record Assistant(
      Message message,
      String messageId,
      String requestId,
      String model,
      String stopReason,
      Usage usage,
      Optional<BigDecimal> costUsd)
      implements Entry {}

  /**
   * A call is about to have an effect. On disk before the effect begins.
   *
   * @param effect {@code writes} when exactly {@code paths} can change, {@code reads} or {@code
   *     unknown} otherwise
   * @param preHashes path → content hash before the call, as {@link EffectProbe#hash} gives it
   */
  record ToolIntent(
      String toolUseId,
      String name,
      ObjectNode input,
      String effect,
      List<String> paths,
      Map<String, String> preHashes)
      implements Entry {
    public ToolIntent {
      paths = List.copyOf(paths);
      preHashes = Collections.unmodifiableMap(new LinkedHashMap<>(preHashes));
    }
  }

  /** A call ended; written as soon as its result exists. */
  record ToolOutcome(String toolUseId, ContentBlock.ToolResult result, Status status)
      implements Entry {}

  /**
   * From here on a part of the conversation is replaced. Nothing is deleted from the file.
   *
   * @param headUuid first entry that is replaced; empty: the first of the session
   * @param anchorUuid last entry that is replaced; empty: the one before {@code tailUuid}, or the
   *     last
   * @param tailUuid first entry that is kept after the replaced ones; empty: none
   * @param summary for people
   * @param replacement what stands in the place of the replaced messages; when empty, one user
   *     message with the summary
   * @param thinkingDropped whether thinking blocks after the replaced part were dropped: they are
   *     bound to the words before them
   */
  record CompactBoundary(
      String headUuid,
      String anchorUuid,
      String tailUuid,
      String summary,
      List<Message> replacement,
      boolean thinkingDropped,
      String trigger,
      long tokensBefore,
      long tokensAfter)
      implements Entry {
    public CompactBoundary {
      replacement = List.copyOf(replacement);
    }
  }

  /**
   * The conversation was taken back to an earlier entry; what follows continues from there. An
   * empty id means the very start.
   */
  record Rewound(String toUuid) implements Entry {}

  /** A reply (by message id, or by the entry's own id) was thrown away and never sent back. */
  record Discarded(String id, String why) implements Entry {}

  /**
   * This session continues the first {@code bytes} bytes of another one's file, up to entry {@code
   * leafUuid}. First entry of a fork.
   */
  record ForkedFrom(String sessionId, String file, long bytes, String leafUuid) implements Entry {}

  /** Something the person was told. */
  record Notice(String level, String text) implements Entry {}

  /** A name for the session, given by the person or made up. */
  record Title(String text) implements Entry {}

  /**
   * A file was backed up before an edit.
   *
   * @param backup name in the session's history directory; empty when the file did not exist
   */
  record FileSnapshot(String checkpoint, String path, String backup, String hash, int mode)
      implements Entry {}

  /**
   * What the agent knew of files it had read, so that an edit after resume is still checked: path →
   * content hash.
   */
  record ReadStateSnapshot(Map<String, String> hashes) implements Entry {
    public ReadStateSnapshot {
      hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
    }
  }

  /** How a permission question was answered, for the record; never restored. */
  record PermissionDecision(
      String toolUseId, String tool, String decision, String layer, String reason)
      implements Entry {}

  /** Running totals of the session; written at the end of each turn. */
  record UsageLedger(int turns, BigDecimal costUsd, Map<String, Usage> byModel) implements Entry {
    public UsageLedger {
      byModel = Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
    }
  }

  /** A kind that this version does not know, whole; kept and skipped. */
  record Unknown(ObjectNode raw) implements Entry {}
}
