package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.semimoe.cli.SemiMoe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The folder that the build makes to be copied elsewhere. */
class DistributionTest {
  private static final String PROGRAM = "semi-moe.jar";

  private static Path distribution;

  /** It is there where the jars are: after {@code mvn verify}, not after {@code mvn test}. */
  @BeforeAll
  static void find() throws Exception {
    Path program =
        Path.of(SemiMoe.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeThat(program).isRegularFile();
    distribution = program.resolveSibling("distribution");
    assumeThat(distribution).isDirectory();
  }

  @Test
  void hasTheProgramWithItsLicenceAndThoseOfOthers() throws Exception {
    assertThat(names(distribution))
        .contains("LICENSE", "THIRD-PARTY.txt", "lib", "semi-moe", "semi-moe.cmd");
    assertThat(names(distribution.resolve("lib/licenses"))).isNotEmpty();
  }

  @Test
  void theProgramNamesTheJarsBesideIt() throws Exception {
    Attributes manifest = manifest(PROGRAM);

    assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo(SemiMoe.class.getName());
    assertThat(names(distribution.resolve("lib"))).containsAll(beside(manifest));
  }

  @Test
  void theProjectsOwnJarsSayWhatTheyAre() throws Exception {
    List<String> own = new ArrayList<>(List.of(PROGRAM));
    beside(manifest(PROGRAM)).stream().filter(jar -> jar.startsWith("semi-moe-")).forEach(own::add);

    assertThat(own).hasSize(6);
    for (String name : own) {
      Attributes manifest = manifest(name);
      assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_TITLE)).startsWith("Semi-MoE ");
      assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
          .isEqualTo(System.getProperty("semimoe.version"));
      try (JarFile jar = open(name)) {
        assertThat(jar.getInputStream(jar.getEntry("META-INF/LICENSE")))
            .hasBinaryContent(Files.readAllBytes(distribution.resolve("LICENSE")));
      }
    }
  }

  @Test
  void allMayReadItAndRunItWhoeverBuiltIt() throws Exception {
    try (Stream<Path> paths = Files.walk(distribution)) {
      for (Path path : paths.filter(path -> !path.endsWith("built")).toList()) {
        boolean run = Files.isDirectory(path) || path.endsWith("semi-moe");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(run ? "rwxr-xr-x" : "rw-r--r--");
      }
    }
  }

  /** The jars that the program's manifest names; an older build may have left others. */
  private static List<String> beside(Attributes manifest) {
    return List.of(manifest.getValue(Attributes.Name.CLASS_PATH).split(" "));
  }

  private static Attributes manifest(String jar) throws Exception {
    try (JarFile file = open(jar)) {
      return file.getManifest().getMainAttributes();
    }
  }

  private static JarFile open(String jar) throws Exception {
    return new JarFile(distribution.resolve("lib").resolve(jar).toFile());
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
