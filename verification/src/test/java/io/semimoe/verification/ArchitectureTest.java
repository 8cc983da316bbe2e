package io.semimoe.verification;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may depend on whom, and what nobody may use. */
@AnalyzeClasses(packages = "io.semimoe", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /**
   * What applications that embed the inference use; Guava and Jackson do not come along with it.
   */
  private static final String[] EMBEDDED = {
    "io.semimoe.inference..",
    "io.semimoe.dataset",
    "io.semimoe.dataset.file..",
    "io.semimoe.dataset.image..",
    "io.semimoe.dataset.raster..",
    "io.semimoe.dataset.slide.."
  };

  @ArchTest static final ArchRule GRAPHS_DEPEND_ON_NO_OTHER_MODULE = only("io.semimoe.graph..");

  @ArchTest
  static final ArchRule LOSSES_DEPEND_ON_GRAPHS = only("io.semimoe.loss..", "io.semimoe.graph..");

  @ArchTest
  static final ArchRule DATA_SETS_DEPEND_ON_NO_OTHER_MODULE = only("io.semimoe.dataset..");

  @ArchTest
  static final ArchRule INFERENCE_DEPENDS_ON_RASTERS =
      only("io.semimoe.inference..", "io.semimoe.dataset.raster..");

  @ArchTest
  static final ArchRule TRAINING_DOES_NOT_KNOW_THE_COMMAND_LINE =
      only(
          "io.semimoe.training..",
          "io.semimoe.graph..",
          "io.semimoe.loss..",
          "io.semimoe.dataset..",
          "io.semimoe.inference..");

  @ArchTest
  static final ArchRule NATIVE_LIBRARIES_KNOW_NO_SESSIONS =
      only("io.semimoe.training.runtime.natives");

  @ArchTest
  static final ArchRule THE_COMMAND_LINE_LEAVES_GRAPHS_TO_TRAINING =
      only(
          "io.semimoe.cli..",
          "io.semimoe.dataset..",
          "io.semimoe.loss..",
          "io.semimoe.inference..",
          "io.semimoe.training..");

  @ArchTest static final ArchRule OPERATORS_DEPEND_ON_NO_GRAPH = only("io.semimoe.graph.op");

  @ArchTest
  static final ArchRule GRAPHS_KNOW_ONLY_OPERATORS =
      only("io.semimoe.graph", "io.semimoe.graph.op");

  @ArchTest
  static final ArchRule NETWORKS_KNOW_NOTHING_OF_GRADIENTS_AND_FILES =
      only("io.semimoe.graph.network", "io.semimoe.graph", "io.semimoe.graph.op");

  @ArchTest
  static final ArchRule RASTERS_NEED_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAPackage("io.semimoe.dataset.raster..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.semimoe.dataset.raster..", "java..");

  @ArchTest
  static final ArchRule THE_EMBEDDABLE_JAR_NEEDS_ONLY_THE_RUNTIME =
      classes()
          .that()
          .resideInAPackage("io.semimoe.inference..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.semimoe.inference..",
              "io.semimoe.dataset.raster..",
              "java..",
              "ai.onnxruntime..");

  @ArchTest
  static final ArchRule WHAT_APPLICATIONS_EMBED_NEEDS_NEITHER_GUAVA_NOR_JACKSON =
      noClasses()
          .that(resideInAnyPackage(EMBEDDED))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("com.google..", "com.fasterxml..", "io.semimoe..")
                  .and(DescribedPredicate.not(resideInAnyPackage(EMBEDDED))));

  @ArchTest
  static final ArchRule MODEL_FILES_ARE_WRITTEN_AND_READ_IN_FEW_PLACES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.semimoe.graph.onnx",
              "io.semimoe.graph.artifact",
              "io.semimoe.graph.kernel",
              "io.semimoe.training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule THE_RUNTIME_IS_CALLED_IN_TWO_PLACES =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.semimoe.inference..", "io.semimoe.training.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule LIBRARIES_OF_THE_COMMAND_LINE_STAY_THERE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.semimoe.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "ch.qos.logback..", "me.tongfei.progressbar..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses().that().resideOutsideOfPackage("io.semimoe.cli").should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule LOGGING_GOES_THROUGH_SLF4J = noClasses().should(USE_JAVA_UTIL_LOGGING);

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_ENDS_THE_PROCESS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.semimoe.cli")
          .should()
          .callMethod(System.class, "exit", int.class);

  /** It converts colours on the way, which changes the labels of palette and gray masks. */
  @ArchTest
  static final ArchRule SAMPLES_ARE_READ_FROM_THE_RASTER =
      noClasses()
          .should()
          .callMethodWhere(
              describe(
                  "the target is BufferedImage.getRGB",
                  (JavaCall<?> call) ->
                      call.getTarget().getName().equals("getRGB")
                          && call.getTargetOwner().isAssignableTo(BufferedImage.class)));

  @ArchTest
  static final ArchRule MODULES_FORM_NO_CYCLE =
      slices().matching("io.semimoe.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.semimoe.(**)").should().beFreeOfCycles();

  @Test
  void everyPackageIsDescribed() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    List<Path> packages;
    try (Stream<Path> files = Files.walk(root)) {
      packages =
          files
              .filter(f -> f.toString().endsWith(".java"))
              .map(f -> root.relativize(f.getParent()))
              .filter(folder -> folder.toString().contains("src/main/java"))
              .distinct()
              .toList();
    }
    assertThat(packages).hasSizeGreaterThan(20);
    assertThat(packages)
        .allMatch(folder -> Files.exists(root.resolve(folder).resolve("package-info.java")));
  }

  /** Among this project's packages, {@code from} may depend on itself and on {@code allowed}. */
  private static ArchRule only(String from, String... allowed) {
    DescribedPredicate<JavaClass> forbidden =
        resideInAPackage("io.semimoe..")
            .and(DescribedPredicate.not(resideInAPackage(from)))
            .and(DescribedPredicate.not(resideInAnyPackage(allowed)));
    return noClasses()
        .that(resideInAPackage(from))
        .should()
        .dependOnClassesThat(forbidden)
        .as(from + " depends, in this project, only on itself and " + List.of(allowed));
  }
}
