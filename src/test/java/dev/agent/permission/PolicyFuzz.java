package dev.agent.permission;

import dev.agent.json.Json;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Judges commands that rules forbid, in many dresses, where everything else is allowed. The program
 * behind {@code scripts/bench permissions}; a test runs a small part of it.
 */
public final class PolicyFuzz {
  private static final List<List<String>> FORBIDDEN =
      List.of(
          List.of("rm", "x"),
          List.of("rm", "-rf", "build"),
          List.of("/bin/rm", "x"),
          List.of("git", "push", "origin", "main"),
          List.of("git", "-C", ".", "push"),
          List.of("cat", ".env"),
          List.of("cat", "src/../.env"),
          List.of("cat", "README.md", "./.ENV"),
          List.of("head", "-n1", "envlink"),
          List.of("tee", "src/app.ts"),
          List.of("curl", "example.org"));

  private static final List<String> SIMPLE =
      List.of(
          "ls -la src",
          "git status",
          "grep -rn foo src | head -20",
          "cat README.md",
          "npm test",
          "git log --oneline -5",
          "cd src && ls",
          "find . -name '*.ts' | wc -l",
          "echo done",
          "touch m");

  private static final int LIMIT_MICROS = 50_000;

  private final Path project;
  private final Permissions permissions;
  private final Permissions plain;

  /**
   * @param project an empty directory that exists
   */
  public PolicyFuzz(Path project) throws Exception {
    this.project = project;
    Files.createDirectories(project.resolve("src"));
    Files.createDirectories(project.resolve(".git"));
    for (String name : List.of(".env", "README.md", "src/app.ts", "x")) {
      Files.writeString(project.resolve(name), "x\n");
    }
    Files.createSymbolicLink(project.resolve("envlink"), Path.of(".env"));
    Workspace workspace = new Workspace(project, List.of(), project.resolve("home"), () -> project);
    this.permissions = permissions(workspace, List.of("Bash"));
    this.plain = permissions(workspace, List.of("Bash(npm test *)"));
  }

  private Permissions permissions(Workspace workspace, List<String> allow) throws Exception {
    Policy policy =
        new Policy(
            rules(allow),
            List.of(),
            allow.contains("Bash")
                ? rules(
                    List.of(
                        "Bash(rm *)",
                        "Bash(git push *)",
                        "Bash(curl *)",
                        "Read(./.env)",
                        "Edit(/src/**)"))
                : List.of(),
            workspace.home());
    return new Permissions(Layers.all(() -> policy, workspace), Asker.NOBODY, _ -> {}, _ -> {});
  }

  private List<Rule> rules(List<String> texts) throws Exception {
    List<Rule> rules = new ArrayList<>();
    for (String text : texts) {
      rules.add(Rule.parse(text, "fuzz", project));
    }
    return rules;
  }

  /**
   * What came of it.
   *
   * @param allowed forbidden commands that would have run
   * @param failures judgements that ended in an exception
   * @param micros how long each judgement took
   * @param slow commands that took more than 50 ms, and took it again
   */
  public record Outcome(
      List<String> allowed, List<String> failures, int[] micros, List<String> slow) {}

  /** Judges this many commands. */
  public Outcome run(long seed, int count) {
    CommandMutator mutator = new CommandMutator(seed);
    List<String> allowed = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    List<String> slow = new ArrayList<>();
    int[] micros = new int[count];
    for (int i = 0; i < count; i++) {
      List<String> words = FORBIDDEN.get(i % FORBIDDEN.size());
      boolean broken = i % 5 == 4;
      String command = broken ? mutator.damaged(words) : mutator.dressed(words);
      long start = System.nanoTime();
      Decision decision = decide(permissions, command, Mode.BYPASS);
      micros[i] = (int) ((System.nanoTime() - start) / 1_000);
      if (micros[i] > LIMIT_MICROS) {
        // Once more: a pause of the machine is no fault of the command.
        start = System.nanoTime();
        decide(permissions, command, Mode.BYPASS);
        micros[i] = (int) ((System.nanoTime() - start) / 1_000);
        if (micros[i] > LIMIT_MICROS) {
          slow.add(micros[i] / 1000 + " ms: " + command);
        }
      }
      if (decision instanceof Decision.Deny(Reason why) && why.text().contains("layer failed")) {
        failures.add(command + " => " + why);
      }
      if (!broken && decision instanceof Decision.Allow) {
        allowed.add(command);
      }
    }
    return new Outcome(allowed, failures, micros, slow);
  }

  private Decision decide(Permissions judge, String command, Mode mode) {
    return judge.decide(
        new PermissionRequest(
            new ToolCall("1", "Bash", Json.object().put("command", command)),
            Effect.UNKNOWN,
            mode,
            project));
  }

  /** How many simple commands are judged in a second. */
  public long perSecond(int rounds) {
    long start = System.nanoTime();
    long allowed = 0;
    for (int i = 0; i < rounds; i++) {
      for (String command : SIMPLE) {
        allowed += decide(plain, command, Mode.DEFAULT) instanceof Decision.Allow ? 1 : 0;
      }
    }
    long nanos = System.nanoTime() - start;
    return allowed == 0 ? 0 : (long) rounds * SIMPLE.size() * 1_000_000_000L / nanos;
  }

  /** {@code -n COMMANDS -s SEED}. */
  public static void main(String[] arguments) throws Exception {
    int count = 100_000;
    long seed = 1;
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "-n" -> count = Integer.parseInt(arguments[i + 1]);
        case "-s" -> seed = Long.parseLong(arguments[i + 1]);
        default -> throw new IllegalArgumentException(arguments[i]);
      }
    }
    Path project = Files.createTempDirectory("agent-fuzz").toRealPath();
    long begun = System.nanoTime();
    PolicyFuzz fuzz = new PolicyFuzz(project);
    Decision first = fuzz.decide(fuzz.plain, SIMPLE.getFirst(), Mode.DEFAULT);
    System.out.printf(
        "first decision      %6.1f ms (%s, classes and table loaded)%n",
        (System.nanoTime() - begun) / 1e6, first.getClass().getSimpleName());
    fuzz.perSecond(2_000);
    System.out.printf("simple commands     %6d per second%n", fuzz.perSecond(4_000));
    fuzz.run(seed + 1, 20_000);
    System.gc();
    Outcome outcome = fuzz.run(seed, count);
    int[] sorted = outcome.micros().clone();
    Arrays.sort(sorted);
    System.out.printf(
        "mutated commands    %d, p50 %d us, p99 %d us, p99.99 %d us, max %.1f ms, over 50 ms: %d%n",
        count,
        sorted[count / 2],
        sorted[(int) (count * 0.99)],
        sorted[(int) (count * 0.9999)],
        sorted[count - 1] / 1e3,
        outcome.slow().size());
    outcome.slow().stream().limit(20).forEach(it -> System.out.println("SLOW " + it));
    System.out.printf(
        "allowed             %d%nfailed              %d%n",
        outcome.allowed().size(), outcome.failures().size());
    outcome.allowed().stream().limit(20).forEach(it -> System.out.println("ALLOWED " + it));
    outcome.failures().stream().limit(20).forEach(it -> System.out.println("FAILED " + it));
    System.exit(outcome.allowed().isEmpty() && outcome.failures().isEmpty() ? 0 : 1);
  }
}
