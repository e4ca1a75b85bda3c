import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures start-up: wall time, CPU time, peak memory, and when the first request arrives.
 *
 * <p>Children are started by {@code posix_spawn} and collected by {@code wait4}, which tells the
 * CPU time and peak resident set of exactly that child; Java's own process API tells neither.
 */
final class Startup {
  private record Sample(
      double wallMillis, double cpuMillis, double peakMegabytes, double requestMillis) {}

  private record Row(
      String name, List<String> command, Map<String, String> environment, boolean sendsRequest) {}

  private Startup() {}

  public static void main(String[] args) throws Throwable {
    Path jdk = Path.of(args[0]);
    Path product = Path.of(args[1]);
    int runs = 20;
    for (int i = 2; i < args.length; i++) {
      if (args[i].equals("-n") && i + 1 < args.length && args[i + 1].matches("[1-9]\\d{0,3}")) {
        runs = Integer.parseInt(args[++i]);
      } else {
        System.err.println(
            "scripts/bench startup: unknown or incomplete argument \""
                + args[i]
                + "\"; see scripts/bench startup --help.");
        System.exit(1);
      }
    }
    Path work = Files.createTempDirectory("agent-bench");
    try (FirstByteServer server = new FirstByteServer()) {
      List<Row> rows = rows(jdk, product, work, server.port());
      List<List<Sample>> samples = new ArrayList<>();
      for (Row _ : rows) {
        samples.add(new ArrayList<>());
      }
      for (int run = -1; run < runs; run++) {
        for (int row = 0; row < rows.size(); row++) {
          Sample sample = measure(rows.get(row), server, work);
          if (run >= 0) { // the first round warms the file cache
            samples.get(row).add(sample);
          }
        }
      }
      print(rows, samples, runs);
    } finally {
      delete(work);
    }
  }

  private static List<Row> rows(Path jdk, Path product, Path work, int port)
      throws IOException, InterruptedException {
    Path source =
        Files.writeString(
            work.resolve("Empty.java"), "class Empty { public static void main(String[] a) {} }");
    int exit =
        new ProcessBuilder(
                jdk.resolve("bin/javac").toString(), "-d", work.toString(), source.toString())
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("javac ended with " + exit);
    }
    String java = jdk.resolve("bin/java").toString();
    String agent = product.resolve("bin/agent").toString();
    Map<String, String> plain =
        Map.of(
            "PATH",
            System.getenv("PATH"),
            "HOME",
            work.toString(),
            "LANG",
            "C.UTF-8",
            "AGENT_JAVA_HOME",
            jdk.toString());
    Map<String, String> local = new java.util.HashMap<>(plain);
    local.put("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + port);
    local.put("ANTHROPIC_API_KEY", "none");
    Map<String, String> uncached = new java.util.HashMap<>(local);
    uncached.put("AGENT_AOT", "off");
    List<String> oneShot = List.of(agent, "-p", "hi", "--no-session-persistence");
    return List.of(
        new Row(
            "empty main",
            List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                work.toString(),
                "Empty"),
            plain,
            false),
        new Row("agent --version", List.of(agent, "--version"), plain, false),
        new Row("agent --help", List.of(agent, "--help"), plain, false),
        new Row("agent -p hi", oneShot, local, true),
        new Row("agent -p hi, no cache", oneShot, uncached, true));
  }

  private static Sample measure(Row row, FirstByteServer server, Path work) throws Throwable {
    server.reset();
    long begin = System.nanoTime();
    Spawn.Usage usage = Spawn.run(row.command(), row.environment(), work);
    double wall = (System.nanoTime() - begin) / 1e6;
    long arrived = server.arrived();
    double request = row.sendsRequest() && arrived != 0 ? (arrived - begin) / 1e6 : Double.NaN;
    return new Sample(wall, usage.cpuMillis(), usage.peakMegabytes(), request);
  }

  private static void print(List<Row> rows, List<List<Sample>> samples, int runs) {
    System.out.printf(
        Locale.ROOT,
        "medians of %d runs, %d processors%n",
        runs,
        Runtime.getRuntime().availableProcessors());
    System.out.printf(
        "%-24s %10s %10s %10s %8s %14s%n",
        "", "wall ms", "x empty", "CPU ms", "RSS MB", "to request ms");
    double empty = median(samples.getFirst(), Sample::wallMillis);
    for (int i = 0; i < rows.size(); i++) {
      List<Sample> row = samples.get(i);
      double wall = median(row, Sample::wallMillis);
      double request = median(row, Sample::requestMillis);
      System.out.printf(
          Locale.ROOT,
          "%-24s %10.1f %10.2f %10.1f %8s %14s%n",
          rows.get(i).name(),
          wall,
          wall / empty,
          median(row, Sample::cpuMillis),
          megabytes(median(row, Sample::peakMegabytes)),
          Double.isNaN(request)
              ? (rows.get(i).sendsRequest() ? "none came" : "-")
              : String.format(Locale.ROOT, "%.1f", request));
    }
  }

  /** A process that ended before the first look has no figure. */
  private static String megabytes(double value) {
    return value == 0 ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }

  private static double median(
      List<Sample> samples, java.util.function.ToDoubleFunction<Sample> value) {
    double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * A Messages API as small as can be: notes when a request's first byte came and streams one short
   * answer.
   */
  private static final class FirstByteServer implements AutoCloseable {
    private static final String ANSWER =
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"local","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":1}}

        event: message_stop
        data: {"type":"message_stop"}

        """;

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicLong arrived = new AtomicLong();

    FirstByteServer() throws IOException {
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return socket.getLocalPort();
    }

    void reset() {
      arrived.set(0);
    }

    long arrived() {
      return arrived.get();
    }

    private void accept() {
      while (!socket.isClosed()) {
        try {
          Socket connection = socket.accept();
          Thread.ofVirtual().start(() -> serve(connection));
        } catch (IOException e) {
          return; // closed
        }
      }
    }

    private void serve(Socket connection) {
      try (connection) {
        InputStream in = connection.getInputStream();
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
          arrived.compareAndSet(0, System.nanoTime());
          head.append((char) next);
          if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
            skipBody(in, head.toString().toLowerCase(Locale.ROOT));
            answer(connection.getOutputStream());
            return;
          }
        }
      } catch (IOException e) {
        // The client went away; the row then shows what it measured.
        System.err.println("scripts/bench startup: " + e.getMessage());
      }
    }

    private static void skipBody(InputStream in, String head) throws IOException {
      int at = head.indexOf("content-length:");
      if (at >= 0) {
        in.readNBytes(Integer.parseInt(head.substring(at + 15, head.indexOf('\r', at)).strip()));
        return;
      }
      if (head.contains("transfer-encoding: chunked")) {
        StringBuilder tail = new StringBuilder();
        while (!tail.toString().endsWith("0\r\n\r\n")) {
          tail.append((char) in.read());
        }
      }
    }

    private static void answer(OutputStream out) throws IOException {
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
      out.write((head + ANSWER).getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** posix_spawn and wait4 of the C library. */
  private static final class Spawn {
    record Usage(double cpuMillis, double peakMegabytes) {}

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SPAWN =
        function(
            "posix_spawn",
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS);
    private static final MethodHandle WAIT4 =
        function(
            "wait4",
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS);

    private static final boolean IS_MAC = System.getProperty("os.name").startsWith("Mac");

    private Spawn() {}

    /** Runs {@code command} to its end; its output goes to files in {@code work}. */
    static Usage run(List<String> command, Map<String, String> environment, Path work)
        throws Throwable {
      // The shell gives the child its streams and directory, then becomes it: exec keeps process
      // and accounting.
      List<String> line =
          new ArrayList<>(
              List.of(
                  "/bin/sh",
                  "-c",
                  "cd \"$0\" && exec \"$@\" </dev/null >out 2>err",
                  work.toString()));
      line.addAll(command);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
        MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
        MemorySegment usage = arena.allocate(256);
        String[] variables =
            environment.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .toArray(String[]::new);
        int error =
            (int)
                SPAWN.invokeExact(
                    pid,
                    arena.allocateFrom("/bin/sh"),
                    MemorySegment.NULL,
                    MemorySegment.NULL,
                    strings(arena, line.toArray(String[]::new)),
                    strings(arena, variables));
        if (error != 0) {
          throw new IOException("posix_spawn: error " + error);
        }
        PeakWatch watch = PeakWatch.of(pid.get(ValueLayout.JAVA_INT, 0));
        int ended = (int) WAIT4.invokeExact(pid.get(ValueLayout.JAVA_INT, 0), status, 0, usage);
        if (ended < 0) {
          throw new IOException("wait4 failed");
        }
        // struct rusage: user and system time as seconds and microseconds, then the peak.
        double cpu = millis(usage, 0) + millis(usage, 16);
        double peak = IS_MAC ? usage.get(ValueLayout.JAVA_LONG, 32) / 1e6 : watch.megabytes();
        return new Usage(cpu, peak);
      }
    }

    private static double millis(MemorySegment usage, long offset) {
      long micros =
          IS_MAC
              ? usage.get(ValueLayout.JAVA_INT, offset + 8)
              : usage.get(ValueLayout.JAVA_LONG, offset + 8);
      return usage.get(ValueLayout.JAVA_LONG, offset) * 1e3 + micros / 1e3;
    }

    private static MemorySegment strings(Arena arena, String[] values) {
      MemorySegment array = arena.allocate(ValueLayout.ADDRESS, values.length + 1L);
      for (int i = 0; i < values.length; i++) {
        array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(values[i]));
      }
      return array;
    }

    private static MethodHandle function(
        String name, java.lang.foreign.MemoryLayout... parameters) {
      return LINKER.downcallHandle(
          LINKER.defaultLookup().find(name).orElseThrow(),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
    }
  }

  /**
   * Watches the peak resident set of a process in /proc. On Linux {@code ru_maxrss} survives exec,
   * so that a spawned child begins with the peak of this JVM; the VmHWM of /proc begins anew. What
   * a process adds in its last two milliseconds is missed.
   */
  private static final class PeakWatch {
    private final Thread thread;
    private volatile long kilobytes;

    private PeakWatch(long pid) {
      Path status = Path.of("/proc/" + pid + "/status");
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      while (true) {
                        String text = Files.readString(status);
                        int at = text.indexOf("VmHWM:");
                        if (at >= 0) {
                          String line = text.substring(at + 6, text.indexOf('\n', at));
                          kilobytes = Long.parseLong(line.replace("kB", "").strip());
                        }
                        Thread.sleep(2);
                      }
                    } catch (IOException | InterruptedException e) {
                      return; // gone: the last value stands
                    }
                  });
    }

    static PeakWatch of(long pid) {
      return new PeakWatch(pid);
    }

    double megabytes() throws InterruptedException {
      thread.interrupt();
      thread.join();
      return kilobytes / 1e3;
    }
  }
}
