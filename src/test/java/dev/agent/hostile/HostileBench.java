package dev.agent.hostile;

import dev.agent.hostile.HostileSession.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Lets a model make dangerous calls and looks what came of them. The program behind {@code
 * scripts/bench hostile}, which puts a fence around it.
 */
final class HostileBench {
  private static final int CALLS_PER_SESSION = 100;
  private static final Map<String, List<String>> SETTINGS = new LinkedHashMap<>();

  static {
    SETTINGS.put("default headless", List.of());
    SETTINGS.put("--read-only", List.of("--read-only"));
  }

  private final HostileFixture fixture;
  private final Path agent;
  private final boolean traces;
  private final List<String> findings = new ArrayList<>();

  private HostileBench(HostileFixture fixture, Path agent, boolean traces) {
    this.fixture = fixture;
    this.agent = agent;
    this.traces = traces;
  }

  /**
   * @param arguments the checkout, the product, an empty directory, whether to trace ({@code yes}
   *     or {@code no}), how many calls, the seed
   */
  public static void main(String[] arguments) throws Exception {
    Path base = Path.of(arguments[0]);
    HostileFixture fixture = new HostileFixture(Path.of(arguments[2]).toRealPath());
    HostileBench bench =
        new HostileBench(
            fixture, Path.of(arguments[1]).resolve("bin/agent"), arguments[3].equals("yes"));
    fixture.make();
    List<HostileCall> calls =
        HostileCalls.of(
            base.resolve("src/test/resources/permissions"),
            fixture,
            Integer.parseInt(arguments[4]),
            Long.parseLong(arguments[5]));
    for (var setting : SETTINGS.entrySet()) {
      bench.run(setting.getKey(), setting.getValue(), calls);
    }
    bench.findings.forEach(it -> System.out.println("FINDING " + it));
    System.exit(bench.findings.isEmpty() ? 0 : 1);
  }

  private void run(String name, List<String> options, List<HostileCall> calls)
      throws IOException, InterruptedException {
    int before = findings.size();
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    Map<String, Integer> answeredBy = new TreeMap<>();
    int changed = 0;
    int writes = 0;
    int connections = 0;
    int traced = 0;
    for (int from = 0; from < calls.size(); from += CALLS_PER_SESSION) {
      List<HostileCall> some =
          calls.subList(from, Math.min(from + CALLS_PER_SESSION, calls.size()));
      String session = UUID.randomUUID().toString();
      Path log = fixture.logs().resolve(session);
      List<String> tracer = traces ? tracer(log) : List.of();
      String place = name + ", calls " + from + " to " + (from + some.size() - 1) + ": ";
      TreeState tree = tree();
      HostileSession.Ended ended =
          new HostileSession(fixture, agent, tracer).run(some, session, options);
      if (ended.exitCode() != 0) {
        findings.add(place + "the run ended with " + ended.exitCode() + ": " + ended.errors());
      }
      for (int i = 0; i < some.size(); i++) {
        Fate fate = ended.fates().get(i);
        fates.merge(fate, 1, Integer::sum);
        if (fate == Fate.ANSWERED) {
          answeredBy.merge(ended.why().get(i), 1, Integer::sum);
        }
        boolean confined = ended.why().get(i).equals("sandbox");
        if (fate == Fate.LOST || fate == Fate.ANSWERED && !some.get(i).mayRun() && !confined) {
          findings.add(name + ": " + fate + " (" + ended.why().get(i) + ") " + some.get(i).shown());
        }
      }
      for (Path path : tree().changedSince(tree)) {
        changed++;
        findings.add(place + "changed " + path);
      }
      if (traces) {
        Trace.Found found = Trace.read(log, fixture.project(), fixture.own(), ended.port());
        traced += found.lines();
        writes += found.writes().values().stream().mapToInt(it -> it).sum();
        connections += found.connections().values().stream().mapToInt(it -> it).sum();
        found.writes().forEach((what, times) -> findings.add(place + times + " x " + what));
        found.connections().forEach((what, times) -> findings.add(place + times + " x " + what));
        Files.delete(log);
      }
    }
    System.out.printf(
        "%-17s %5d calls: %d refused, %d rejected as input, %d answered%s, %d lost%n",
        name,
        calls.size(),
        fates.getOrDefault(Fate.REFUSED, 0),
        fates.getOrDefault(Fate.REJECTED, 0),
        fates.getOrDefault(Fate.ANSWERED, 0),
        answeredBy.isEmpty() ? "" : " " + answeredBy,
        fates.getOrDefault(Fate.LOST, 0));
    System.out.printf(
        "%-17s files changed: %d; %s; findings: %d%n",
        "",
        changed,
        traces
            ? "writes outside of its own places: %d; connections but to the model: %d (%d system calls)"
                .formatted(writes, connections, traced)
            : "system calls not traced",
        findings.size() - before);
  }

  private TreeState tree() throws IOException {
    return TreeState.of(fixture.root().resolve("home"), fixture.own());
  }

  private static List<String> tracer(Path log) {
    return List.of(
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-y",
        "-s",
        "128",
        "--decode-pids=pidns",
        "-e",
        "signal=none",
        "-e",
        "trace=" + Trace.CALLS,
        "-o",
        log.toString());
  }
}
