package dev.agent.permission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.agent.workspace.CommandJudge;
import dev.agent.workspace.CommandJudgement;

/** The judgement of each command, made once for all layers that see the same request. */
final class Judgements {
  private final CommandJudge judge;

  /** By identity: the disk is looked at anew for each request. */
  private final Cache<PermissionRequest, CommandJudgement> made =
      Caffeine.newBuilder().weakKeys().maximumSize(64).build();

  Judgements(CommandJudge judge) {
    this.judge = judge;
  }

  /** The judgement of a shell call. */
  CommandJudgement of(PermissionRequest request) {
    return made.get(request, it -> judge.judge(it.command(), it.cwd()));
  }

  /** Whether a call changes nothing, as far as that can be proven. */
  boolean onlyReads(PermissionRequest request) {
    return request.isCommand()
        ? of(request).onlyReads()
        : request.effect().kind() == dev.agent.tool.Effect.Kind.READS;
  }
}
