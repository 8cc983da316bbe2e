package io.semimoe.verification.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process of its own; for what can be done only once in one, such as loading libraries. */
final class ChildJvm {
  private static final int MINUTES = 5;

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildJvm(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a process with the class path of this one.
   *
   * @param folder where its output is kept
   * @param options options of Java, such as {@code -Dkey=value}
   */
  static ChildJvm start(Path folder, List<String> options, Class<?> main, Object... arguments)
      throws IOException {
    return start(folder, Map.of(), options, main, arguments);
  }

  /** Starts a process with the class path of this one and further environment variables. */
  static ChildJvm start(
      Path folder,
      Map<String, String> environment,
      List<String> options,
      Class<?> main,
      Object... arguments)
      throws IOException {
    String classPath = System.getProperty("java.class.path");
    return launch(folder, environment, options, classPath, main.getName(), arguments);
  }

  /** Starts a process with another class path. */
  static ChildJvm start(
      Path folder, List<String> options, String classPath, String main, Object... arguments)
      throws IOException {
    return launch(folder, Map.of(), options, classPath, main, arguments);
  }

  private static ChildJvm launch(
      Path folder,
      Map<String, String> environment,
      List<String> options,
      String classPath,
      String main,
      Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(ProgramRun.texts(arguments)));
    Path out = Files.createTempFile(folder, "child", ".out");
    Path err = Files.createTempFile(folder, "child", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start(), out, err);
  }

  /** Asks the process to end, as {@code kill} does. */
  void terminate() {
    process.destroy();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Waits for the end of the process. */
  ProgramRun await() throws IOException, InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    return new ProgramRun(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
