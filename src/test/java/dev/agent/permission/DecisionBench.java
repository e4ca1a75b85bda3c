package dev.agent.permission;

import dev.agent.json.Json;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the layers take over one call, files looked up on a real disk. The program behind {@code
 * scripts/bench decisions}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xms64m", "-Xmx256m"})
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DecisionBench {
  /** Whether a command was judged before, or is another one each time. */
  @Param({"new", "known"})
  public String command;

  private Path project;
  private Permissions permissions;
  private int count;

  /** Makes a project with a repository, and rules as people have them. */
  @Setup
  public void makeProject() throws Exception {
    project = Files.createTempDirectory("agent-decisions").toRealPath();
    Files.createDirectories(project.resolve("src"));
    Files.createDirectories(project.resolve(".git"));
    Files.writeString(project.resolve(".git/config"), "[core]\n\tbare = false\n");
    for (String name : List.of(".env", "README.md", "src/app.ts")) {
      Files.writeString(project.resolve(name), "x\n");
    }
    Workspace workspace = new Workspace(project, List.of(), project.resolve("home"), () -> project);
    Policy policy =
        new Policy(
            rules("Bash(npm test *)", "Bash(make *)", "Edit(/src/**)"),
            rules("Bash(git commit *)"),
            rules("Bash(git push *)", "Bash(curl *)", "Read(.env)"),
            workspace.home());
    permissions =
        new Permissions(Layers.all(() -> policy, workspace), Asker.NOBODY, _ -> {}, _ -> {});
  }

  private List<Rule> rules(String... texts) throws Exception {
    List<Rule> rules = new ArrayList<>();
    for (String text : texts) {
      rules.add(Rule.parse(text, "bench", project));
    }
    return rules;
  }

  private Decision judge(String text) {
    String line = text.replace("@", command.equals("new") ? String.valueOf(++count) : "7");
    return decide(new ToolCall("1", "Bash", Json.object().put("command", line)), Effect.UNKNOWN);
  }

  private Decision decide(ToolCall call, Effect effect) {
    return permissions.decide(
        new PermissionRequest(call, effect, dev.agent.permission.Mode.DEFAULT, project));
  }

  /** A command that only reads. */
  @Benchmark
  public Decision simpleRead() {
    return wanted(judge("head -@ src/app.ts"), Decision.Allow.class);
  }

  /** Several that only read, with pipes and a change of directory. */
  @Benchmark
  public Decision compound() {
    return wanted(
        judge("cd src && grep -rn 'foo@' . | head -20 && git log --oneline -5 | wc -l"),
        Decision.Allow.class);
  }

  /** A command that a rule allows. */
  @Benchmark
  public Decision ruled() {
    return wanted(judge("npm test -- --shard=@"), Decision.Allow.class);
  }

  /** A command that a rule forbids. */
  @Benchmark
  public Decision denied() {
    return wanted(judge("cd src && git push origin b@"), Decision.Deny.class);
  }

  /** An edit that a rule allows. */
  @Benchmark
  public Decision pathRule() {
    Path file = project.resolve("src/app.ts");
    return wanted(
        decide(
            new ToolCall("1", "Edit", Json.object().put("file_path", file.toString())),
            Effect.writes(file)),
        Decision.Allow.class);
  }

  private static Decision wanted(Decision decision, Class<? extends Decision> kind) {
    if (!kind.isInstance(decision)) {
      throw new IllegalStateException("decided otherwise than measured: " + decision);
    }
    return decision;
  }
}
