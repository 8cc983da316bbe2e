package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.inference.Segmenter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A local repository of Maven that has what the user's own has, by links to its folders, and this
 * project's inference jar as {@code mvn install} would put it there. The user's own is not changed,
 * but for what Maven may have to download.
 */
final class LocalRepository implements AutoCloseable {
  private static final String GROUP = "io";
  private static final String PROJECT = "semimoe";

  private final Path root;
  private final String version;

  private LocalRepository(Path root, String version) {
    this.root = root;
    this.version = version;
  }

  /**
   * Makes the repository and installs the artifacts.
   *
   * @param root folder that does not exist yet
   * @param own the user's local repository
   * @param version this project's version
   */
  static LocalRepository make(Path root, Path own, String version)
      throws IOException, URISyntaxException {
    Files.createDirectories(root.resolve(GROUP).resolve(PROJECT));
    link(own, root, GROUP);
    link(own.resolve(GROUP), root.resolve(GROUP), PROJECT);
    Path project = Path.of("").toAbsolutePath().getParent();
    LocalRepository repository = new LocalRepository(root, version);
    repository.install("semi-moe-parent", project);
    repository.install("semi-moe-datasets", project.resolve("datasets"), RgbImage.class);
    repository.install(
        "semi-moe-inference", project.resolve("orchestrator/inference"), Segmenter.class);
    return repository;
  }

  /** Folder of the repository. */
  Path root() {
    return root;
  }

  /** Removes the links; what they lead to stays. */
  @Override
  public void close() throws IOException {
    for (Path folder : List.of(root, root.resolve(GROUP))) {
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
          Files.delete(link);
        }
      }
    }
  }

  /** Links all folders but one into another folder. */
  private static void link(Path from, Path to, String except) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> folders = Files.list(from)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        if (!folder.endsWith(except)) {
          Files.createSymbolicLink(to.resolve(folder.getFileName()), folder);
        }
      }
    }
  }

  private void install(String artifact, Path module) throws IOException {
    Files.copy(module.resolve("pom.xml"), file(artifact, "pom"));
  }

  private void install(String artifact, Path module, Class<?> member)
      throws IOException, URISyntaxException {
    install(artifact, module);
    Path built = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = file(artifact, "jar");
    if (Files.isDirectory(built)) {
      pack(built, jar); // mvn test, which makes no jars
    } else {
      Files.copy(built, jar);
    }
  }

  private Path file(String artifact, String extension) throws IOException {
    Path folder = root.resolve(GROUP).resolve(PROJECT).resolve(artifact).resolve(version);
    return Files.createDirectories(folder).resolve(artifact + "-" + version + "." + extension);
  }

  private static void pack(Path classes, Path jar) {
    StringWriter messages = new StringWriter();
    PrintWriter writer = new PrintWriter(messages);
    int exitCode =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(writer, writer, "-cf", jar.toString(), "-C", classes.toString(), ".");
    assertThat(exitCode).as(messages.toString()).isZero();
  }
}
