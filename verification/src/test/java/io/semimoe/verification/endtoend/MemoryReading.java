package io.semimoe.verification.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What a process holds at a moment.
 *
 * <p>To be read in a process where resident memory says what is in use: started with {@link
 * #ALLOCATOR} and {@link #java}, the whole Java heap is in core from the start, nothing is
 * compiled, and the allocator gives back what is freed.
 *
 * @param heap bytes of the Java heap in use after a collection
 * @param resident bytes of anonymous memory that are in core, all of the Java heap among them
 */
record MemoryReading(long heap, long resident) {
  /** One arena; large blocks apart, so that no small one keeps them from being given back. */
  static final Map<String, String> ALLOCATOR =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "16384",
          "MALLOC_TRIM_THRESHOLD_", "4096",
          "MALLOC_TOP_PAD_", "0");

  private static final Path STATUS = Path.of("/proc/self/status");

  /** Options of Java for a process to be read. */
  static List<String> java() {
    return List.of(
        "-Xms64m",
        "-Xmx64m",
        "-XX:+AlwaysPreTouch",
        "-XX:SoftRefLRUPolicyMSPerMB=0",
        // Each thread's whole buffer would count as in use, whatever it holds.
        "-XX:-UseTLAB",
        "-Xint",
        "-Dsemimoe.natives.dir=" + System.getProperty("semimoe.natives.dir", ""));
  }

  /** Reads this process. */
  static MemoryReading now() {
    System.gc();
    return new MemoryReading(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), residentAnonymous());
  }

  /** Returns lines of {@link #toLine}. */
  static List<MemoryReading> parse(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(MemoryReading::parse).toList();
  }

  /**
   * Returns by how much memory grew between two groups of readings. The least of a group counts, so
   * that nothing passing does.
   */
  static long growth(
      List<MemoryReading> readings,
      ToLongFunction<MemoryReading> memory,
      int first,
      int later,
      int group) {
    long[] bytes = readings.stream().mapToLong(memory).toArray();
    return least(bytes, later, group) - least(bytes, first, group);
  }

  /**
   * Returns by how much memory grows from a reading to the one a {@code period} later: the median
   * over all of them from {@code first} on. What grows with each period counts in full; a step that
   * is taken once, such as a stack that becomes deeper, does not, whenever it is taken.
   */
  static long steadyGrowth(
      List<MemoryReading> readings, ToLongFunction<MemoryReading> memory, int first, int period) {
    long[] bytes = readings.stream().mapToLong(memory).toArray();
    long[] growths =
        IntStream.range(first, bytes.length - period)
            .mapToLong(i -> bytes[i + period] - bytes[i])
            .sorted()
            .toArray();
    return growths[growths.length / 2];
  }

  String toLine() {
    return heap + " " + resident;
  }

  private static MemoryReading parse(String line) {
    String[] fields = line.split(" ", -1);
    return new MemoryReading(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
  }

  private static long least(long[] bytes, int from, int count) {
    return Arrays.stream(bytes, from, from + count).min().orElseThrow();
  }

  private static long residentAnonymous() {
    try {
      String line =
          Files.readAllLines(STATUS).stream()
              .filter(l -> l.startsWith("RssAnon:"))
              .findFirst()
              .orElseThrow();
      return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
