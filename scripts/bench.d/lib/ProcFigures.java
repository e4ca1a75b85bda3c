import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the kernel has counted of a process (Linux, /proc): CPU time, and for each thread the times
 * that it went to sleep and the writes that it made. Threads of the same name are one entry.
 */
record ProcFigures(Map<String, Long> cpuNanos, Map<String, Long> sleeps, Map<String, Long> writes) {
  /** Threads that the JVM keeps for itself: no line of ours runs on them. */
  private static final List<String> OF_THE_JVM =
      List.of(
          "VM ",
          "C1 ",
          "C2 ",
          "GC ",
          "G1 ",
          "Monitor Deflati",
          "Signal Dispatch",
          "Service Thread",
          "Reference Handl",
          "Finalizer",
          "Common-Cleaner",
          "Notification Th",
          "Attach Listener");

  static ProcFigures of(long pid) throws IOException {
    Map<String, Long> cpu = new TreeMap<>();
    Map<String, Long> sleeps = new TreeMap<>();
    Map<String, Long> writes = new TreeMap<>();
    List<Path> threads;
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      threads = tasks.toList();
    }
    for (Path thread : threads) {
      try {
        String name = Files.readString(thread.resolve("comm")).strip();
        String schedule = Files.readString(thread.resolve("schedstat"));
        cpu.merge(name, Long.parseLong(schedule.split(" ")[0]), Long::sum);
        sleeps.merge(name, member(thread.resolve("status"), "voluntary_ctxt_switches:"), Long::sum);
        writes.merge(name, member(thread.resolve("io"), "syscw:"), Long::sum);
      } catch (NoSuchFileException e) {
        continue; // it ended meanwhile
      }
    }
    return new ProcFigures(cpu, sleeps, writes);
  }

  private static long member(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).strip());
      }
    }
    throw new IOException(file + " has no " + name);
  }

  /** What a process has in the machine's memory. */
  static double residentMegabytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("process " + pid + " has no memory");
  }

  /** What came since an earlier look. */
  ProcFigures since(ProcFigures before) {
    return new ProcFigures(
        minus(cpuNanos, before.cpuNanos),
        minus(sleeps, before.sleeps),
        minus(writes, before.writes));
  }

  private static Map<String, Long> minus(Map<String, Long> now, Map<String, Long> before) {
    Map<String, Long> less = new TreeMap<>();
    now.forEach((name, count) -> less.put(name, count - before.getOrDefault(name, 0L)));
    return less;
  }

  double cpuMillis() {
    return cpuNanos.values().stream().mapToLong(Long::longValue).sum() / 1e6;
  }

  /** How often threads went to sleep on which code of the product runs. */
  long ownSleeps() {
    return sleeps.entrySet().stream()
        .filter(it -> OF_THE_JVM.stream().noneMatch(it.getKey()::startsWith))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How often the others did. */
  long jvmSleeps() {
    return sleeps.values().stream().mapToLong(Long::longValue).sum() - ownSleeps();
  }

  /** Writes of the thread that brings frames to the terminal. */
  long frameWrites() {
    return writes.getOrDefault("screen", 0L);
  }

  /** What each thread did: CPU time in microseconds, and how often it slept. */
  String threads() {
    StringBuilder text = new StringBuilder();
    cpuNanos.forEach(
        (name, nanos) ->
            text.append(
                nanos == 0
                    ? ""
                    : name.strip() + " " + nanos / 1000 + "us/" + sleeps.get(name) + ", "));
    return text.toString();
  }
}
