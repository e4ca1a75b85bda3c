package dev.agent.hook;

/** Who runs which kind of hook. A further kind is one line here and one case in {@link #run}. */
public record Runners(
    ActionRunner<Handler.Action.Command> command,
    ActionRunner<Handler.Action.Http> http,
    ActionRunner<Handler.Action.Prompt> prompt,
    ActionRunner<Handler.Action.Agent> agent) {
  HookAnswer run(HookRun run) throws InterruptedException {
    return switch (run.handler().action()) {
      case Handler.Action.Command it -> command.run(it, run);
      case Handler.Action.Http it -> http.run(it, run);
      case Handler.Action.Prompt it -> prompt.run(it, run);
      case Handler.Action.Agent it -> agent.run(it, run);
    };
  }
}
