package io.semimoe.verification.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.inference.object.SegmentedObject;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A foreign project that depends on the inference jar alone: what comes along, that it segments an
 * image, and that README and {@code docs/embedding.md} show what it does.
 */
class EmbeddingTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "embedding.md");
  private static final String MAIN = "com.example.ListGlands";
  private static final String RUNTIME = "com.microsoft.onnxruntime:onnxruntime";

  /** ONNX Runtime, this project's two modules, and what reads images. */
  private static final List<String> ARTIFACTS =
      List.of(
          RUNTIME,
          "com.twelvemonkeys.common:common-image",
          "com.twelvemonkeys.common:common-io",
          "com.twelvemonkeys.common:common-lang",
          "com.twelvemonkeys.imageio:imageio-bmp",
          "com.twelvemonkeys.imageio:imageio-core",
          "com.twelvemonkeys.imageio:imageio-jpeg",
          "com.twelvemonkeys.imageio:imageio-metadata",
          "com.twelvemonkeys.imageio:imageio-tiff",
          "io.semimoe:semi-moe-datasets",
          "io.semimoe:semi-moe-inference");

  private static final Pattern ROW = Pattern.compile("\\| `([\\w.-]+:[\\w.-]+)` \\|.*");
  private static final Pattern BLOCK = Pattern.compile("```(java|xml)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern GLAND = Pattern.compile("(\\d+) pixels around ([\\d.]+), ([\\d.]+)");

  /** The two runtimes may differ in the last bits, and so in some pixels at the threshold. */
  private static final int PIXELS = 5;

  @TempDir private static Path folder;

  private static RgbImage tissue;
  private static Path image;
  private static Path model;
  private static EmbeddingProject project;

  @BeforeAll
  static void trainAndBuild() throws Exception {
    model = Files.write(folder.resolve("model.onnx"), TrainedModel.bytes());
    tissue = TrainedModel.tissue(4 * TrainedModel.SIZE, 3);
    image = folder.resolve("a tissue.png");
    PngFiles.writeRgb(image, tissue);
    project = EmbeddingProject.build(folder);
  }

  @AfterAll
  static void close() throws Exception {
    project.close();
  }

  @Test
  void nothingComesAlongButTheRuntimeAndWhatReadsImages() throws Exception {
    assertThat(project.artifacts())
        .map(artifact -> artifact.equals(RUNTIME + "_gpu") ? RUNTIME : artifact)
        .isEqualTo(ARTIFACTS);
  }

  @Test
  void theProjectsOwnJarsAreSmall() throws Exception {
    long bytes = 0;
    for (Path jar : project.jars(artifact -> artifact.startsWith("io.semimoe:"))) {
      bytes += Files.size(jar);
    }
    assertThat(bytes).isBetween(100_000L, 500_000L);
  }

  @Test
  void onTheModulePathTheProjectsOwnJarsHaveNamesThatTheirFilesDoNotDecide() throws Exception {
    Path[] jars = project.jars(artifact -> artifact.startsWith("io.semimoe:")).toArray(Path[]::new);

    assertThat(ModuleFinder.of(jars).findAll())
        .extracting(module -> module.descriptor().name())
        .containsExactlyInAnyOrder("io.semimoe.inference", "io.semimoe.dataset");
  }

  @Test
  void theApplicationFindsTheGlandsThatTheSegmenterFinds() throws Exception {
    Segmentation result = segment(SegmenterOptions.DEFAULT);

    List<String> lines = run(MAIN, artifact -> true);

    String[] first = lines.get(0).split(" ", 2);
    assertThat(first[1]).isEqualTo("pixels of glands");
    assertThat(Integer.parseInt(first[0]))
        .isCloseTo(result.mask().foregroundCount(), within(PIXELS));
    assertSame(result.objects().objects(), lines.subList(1, lines.size()));
  }

  @Test
  void threeJarsSufficeForAnImageInMemory() throws Exception {
    List<String> all = run(MAIN, artifact -> true);

    assertThat(run(MAIN, artifact -> artifact.matches("io\\.semimoe:.*|" + RUNTIME + ".*")))
        .isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dos.name=Mac OS X",
        "-Dos.arch=sparc",
        "-Djava.io.tmpdir=absent",
      })
  void aMachineWithoutNativesGetsAMessage(String option) throws Exception {
    List<Path> jars = project.jars(artifact -> true);

    ProgramRun run = project.run(folder, List.of(option), jars, MAIN, model, image);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("io.semimoe.inference.ModelException: " + model)
        .contains("expected natives of ONNX Runtime that load on ");
  }

  @Test
  void theGlandsOfASlideAreThoseOfTheImage() throws Exception {
    SegmenterOptions tiles =
        SegmenterOptions.builder().prediction(ModelDescription.Prediction.TILES).build();

    assertSame(segment(tiles).objects().objects(), run(MAIN + "OfSlide", artifact -> true));
  }

  private static Segmentation segment(SegmenterOptions options) throws Exception {
    try (Segmenter segmenter = Segmenter.open(model, options)) {
      return segmenter.segment(tissue);
    }
  }

  private static List<String> run(String main, Predicate<String> artifacts) throws Exception {
    ProgramRun run = project.run(folder, List.of(), project.jars(artifacts), main, model, image);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out().lines().toList();
  }

  private static void assertSame(List<SegmentedObject> glands, List<String> lines) {
    assertThat(glands).hasSizeGreaterThan(3);
    assertThat(lines).hasSameSizeAs(glands);
    for (int i = 0; i < glands.size(); i++) {
      Matcher line = GLAND.matcher(lines.get(i));
      assertThat(line.matches()).as(lines.get(i)).isTrue();
      assertThat(Integer.parseInt(line.group(1)))
          .isCloseTo((int) glands.get(i).area(), within(PIXELS));
      assertThat(Double.parseDouble(line.group(2)))
          .isCloseTo(glands.get(i).centroidX(), within(0.1));
      assertThat(Double.parseDouble(line.group(3)))
          .isCloseTo(glands.get(i).centroidY(), within(0.1));
    }
  }

  @Test
  void theReadmeShowsWhatTheApplicationDoes() throws Exception {
    List<String> blocks = blocks(Path.of("..", "README.md"), "java");

    assertThat(blocks).hasSize(1);
    assertThat(application(MAIN)).contains(blocks.get(0));
  }

  @Test
  void theDocumentShowsTheApplicationAndItsPom() throws Exception {
    String pom = withoutIndentation(read(EmbeddingProject.SOURCES.resolve("pom.xml")));

    assertThat(blocks(DOCUMENT, "java"))
        .containsExactly(application(MAIN), application(MAIN + "OfSlide"));
    assertThat(blocks(DOCUMENT, "xml")).hasSize(2).allMatch(pom::contains);
  }

  @Test
  void theDocumentListsWhatComesAlong() throws Exception {
    Stream<Matcher> rows = read(DOCUMENT).lines().map(ROW::matcher).filter(Matcher::matches);

    assertThat(rows.map(row -> row.group(1)).sorted().toList()).isEqualTo(ARTIFACTS);
  }

  private static String application(String main) throws Exception {
    String file = main.replace('.', '/') + ".java";
    return withoutIndentation(
        read(EmbeddingProject.SOURCES.resolve("src/main/java").resolve(file)));
  }

  private static List<String> blocks(Path document, String language) throws Exception {
    return BLOCK
        .matcher(read(document))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> withoutIndentation(block.group(2)))
        .toList();
  }

  private static String withoutIndentation(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  private static String read(Path file) throws Exception {
    return Files.readString(file, UTF_8);
  }
}
