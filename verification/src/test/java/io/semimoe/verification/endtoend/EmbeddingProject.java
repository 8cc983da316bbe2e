package io.semimoe.verification.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project of {@code src/it/embedding}, copied and built by a Maven of its own. The user's
 * settings hold there too; {@code -Dembedding.arguments="-Pgpu …"} hands further arguments on.
 */
final class EmbeddingProject implements AutoCloseable {
  static final Path SOURCES = Path.of("src", "it", "embedding");
  private static final int MINUTES = 10;

  private final Path jar;
  private final LocalRepository repository;

  private EmbeddingProject(Path jar, LocalRepository repository) {
    this.jar = jar;
    this.repository = repository;
  }

  /** Builds the project against this project's inference jar. */
  static EmbeddingProject build(Path folder) throws Exception {
    LocalRepository repository =
        LocalRepository.make(
            folder.resolve("repository"),
            Path.of(property("semimoe.maven.repository")),
            property("semimoe.version"));
    Path project = copy(folder.resolve("embedding"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(property("semimoe.maven.home"), "bin", "mvn").toString());
    command.addAll(List.of("-B", "-q", "-ntp", "-Dmaven.repo.local=" + repository.root()));
    if (property("semimoe.maven.mode").equals("offline=true")) {
      command.add("-o");
    }
    Stream.of(System.getProperty("embedding.arguments", "").split(" "))
        .filter(argument -> !argument.isEmpty())
        .forEach(command::add);
    command.add("package");
    Path log = folder.resolve("maven.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process maven = builder.start();
    boolean ended = maven.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      maven.destroyForcibly().waitFor();
    }
    assertThat(maven.exitValue()).as(Files.readString(log, UTF_8)).isZero();
    return new EmbeddingProject(project.resolve("target").resolve("embedding.jar"), repository);
  }

  /** Returns all jars that the application needs, as {@code group:artifact}, sorted. */
  List<String> artifacts() throws IOException {
    return dependencies().map(EmbeddingProject::artifact).sorted().toList();
  }

  /** Returns the jars, of those that the application needs, whose {@code group:artifact} is so. */
  List<Path> jars(Predicate<String> wanted) throws IOException {
    return dependencies()
        .filter(path -> wanted.test(artifact(path)))
        .map(repository.root()::resolve)
        .toList();
  }

  /** Runs a class of the application with some jars in a process of its own. */
  ProgramRun run(
      Path folder, List<String> options, List<Path> jars, String main, Object... arguments)
      throws IOException, InterruptedException {
    String classPath =
        Stream.concat(Stream.of(jar), jars.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return ChildJvm.start(folder, options, classPath, main, arguments).await();
  }

  /** Removes the repository's links. */
  @Override
  public void close() throws IOException {
    repository.close();
  }

  private Stream<Path> dependencies() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      String entries = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return Stream.of(entries.split(" ")).map(Path::of);
    }
  }

  /** The path is group/as/folders/artifact/version/file. */
  private static String artifact(Path path) {
    int folders = path.getNameCount() - 3;
    String group = path.subpath(0, folders).toString().replace(File.separatorChar, '.');
    return group + ":" + path.getName(folders);
  }

  private static Path copy(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path inside = SOURCES.relativize(file);
        if (!inside.startsWith("target")) {
          Path copy = to.resolve(inside);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    return to;
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    assertThat(value).as("system property %s, which verification/pom.xml sets", name).isNotNull();
    return value;
  }
}
