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
record ProcFigures(double cpuMillis, Map<String, Long> sleeps, Map<String, Long> writes) {
  /** Threads that the JVM keeps for itself: no line of ours runs on them. */
  private static final List<String> OF_THE_JVM =
      List.of(
          "VM ", "C1 ", "C2 ", "GC ", "G1 ", "Monitor Deflati", "Signal Dispatch", "Service Thread",
          "Reference Handl", "Finalizer", "Common-Cleaner", "Notification Th", "Attach Listener");

  static ProcFigures of(long pid) throws IOException {
    double cpu = 0;
    Map<String, Long> sleeps = new TreeMap<>();
    Map<String, Long> writes = new TreeMap<>();
    List<Path> threads;
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      threads = tasks.toList();
    }
    for (Path thread : threads) {
      try {
        String name = Files.readString(thread.resolve("comm")).strip();
        cpu += Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]) / 1e6;
        sleeps.merge(
            name, member(thread.resolve("status"), "voluntary_ctxt_switches:"), Long::sum);
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

  /** What came since an earlier look. */
  ProcFigures since(ProcFigures before) {
    return new ProcFigures(
        cpuMillis - before.cpuMillis,
        minus(sleeps, before.sleeps),
        minus(writes, before.writes));
  }

  private static Map<String, Long> minus(Map<String, Long> now, Map<String, Long> before) {
    Map<String, Long> less = new TreeMap<>();
    now.forEach((name, count) -> less.put(name, count - before.getOrDefault(name, 0L)));
    return less;
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

  /** Who slept how often, where it is not 0. */
  String sleepers() {
    StringBuilder text = new StringBuilder();
    sleeps.forEach(
        (name, count) -> text.append(count == 0 ? "" : name.strip() + " " + count + ", "));
    return text.toString();
  }
}
