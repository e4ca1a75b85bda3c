package dev.agent.hook;

import dev.agent.runtime.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One run of one hook.
 *
 * @param input the event as JSON text, one line
 * @param environment added to what programs get anyway
 * @param detached to be called when the hook asks, before it has ended, that nobody waits for it
 * @param cancellation stops it
 */
public record HookRun(
    Handler handler,
    String input,
    Path cwd,
    Map<String, String> environment,
    Duration limit,
    Runnable detached,
    Cancellation cancellation) {}
