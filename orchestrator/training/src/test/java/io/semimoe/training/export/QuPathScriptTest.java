package io.semimoe.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuPathScriptTest {
  @TempDir private Path folder;

  @Test
  void setsWhatTheModelNeeds() throws Exception {
    String script = QuPathScript.text(new Facts(folder).write());

    assertThat(script)
        .contains(
            "int patchSize = 128",
            "int halo = 16",
            "Double micronsPerPixel = null",
            "double threshold = 0.5",
            "minimumArea = microns ? 192 : Math.min(500, 0.00124 * pixels)",
            "maximumHoleArea = microns ? 3844 : Math.min(10000, 0.02472 * pixels)",
            "String objectClass = 'gland'",
            "String modelName = 'model-static.onnx'");
    assertThat(script).doesNotContain("@");
  }

  @Test
  void knowsThePixelSizeOfAModelThatHasOne() throws Exception {
    assertThat(QuPathScript.text(new Facts(folder).withMicronsPerPixel(0.25).write()))
        .contains("Double micronsPerPixel = 0.25");
  }

  @Test
  void isGroovy() throws Exception {
    parse(QuPathScript.text(new Facts(folder).write()));
  }

  @Test
  void aClassWithQuotesStaysAText() throws Exception {
    String script = QuPathScript.text(new Facts(folder).withForeground("it's \\ ${x}").write());

    parse(script);
    assertThat(script).contains("'it\\'s \\\\ ${x}'");
  }

  @Test
  void whatIsNoGroovyIsNoticed() {
    assertThatThrownBy(() -> parse("def x = [1, 2")).isInstanceOf(CompilationFailedException.class);
  }

  @Test
  void anImageOfAModelWithoutPixelSizeIsOneTile() throws Exception {
    List<?> made = run(QuPathScript.text(new Facts(folder).write()), 640, 512, 0);

    assertThat(calls(made))
        .containsEntry("inputResolution", List.of(List.of(5.0, 5.0)))
        .containsEntry("halo", List.of(0))
        .containsEntry("patchSize", List.of(128, 128))
        .containsEntry("outputClassNames", List.of("Ignore*", "gland"))
        .containsEntry("postprocessing", List.of(List.of()));
    assertThat(made.subList(1, 3)).isEqualTo(List.of(0.00124 * 640 * 512, 0.02472 * 640 * 512));
  }

  @Test
  void aSlideIsReadAtThePixelSizeOfTheModel() throws Exception {
    String script = QuPathScript.text(new Facts(folder).withMicronsPerPixel(1).write());

    assertThat(calls(run(script, 90_000, 60_000, 0.25)))
        .containsEntry("inputResolution", List.of(List.of(4.0, 4.0)))
        .containsEntry("halo", List.of(16));
  }

  @Test
  void aSlideNeedsAModelWithAPixelSizeOrADownsample() throws Exception {
    String script = QuPathScript.text(new Facts(folder).write());

    assertThatThrownBy(() -> run(script, 90_000, 60_000, 0.25))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("set downsample in the script");
    assertThat(
            calls(
                run(
                    script.replace("Double downsample = null", "Double downsample = 2"),
                    90_000,
                    60_000,
                    0.25)))
        .containsEntry("inputResolution", List.of(List.of(2.0, 2.0)))
        .containsEntry("halo", List.of(16));
  }

  /** The larger of background and gland wins, so the threshold weighs the background. */
  @Test
  void anotherThresholdWeighsTheProbabilities() throws Exception {
    String script = QuPathScript.text(new Facts(folder).write());

    assertThat(
            calls(
                run(
                    script.replace("double threshold = 0.5", "double threshold = 0.25"),
                    640,
                    512,
                    0)))
        .containsEntry("postprocessing", List.of(List.of(Map.of("multiply", List.of(0.25, 0.75)))));
  }

  private List<?> run(String script, int width, int height, double microns) throws Exception {
    Path model = Files.writeString(folder.resolve("model-static.onnx"), "");
    return QuPathStandIn.run(script, model, width, height, microns);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> calls(List<?> made) {
    return (Map<String, Object>) made.get(0);
  }

  /** Parses the script; the names in it are QuPath's, which is not here. */
  private static void parse(String script) {
    CompilationUnit unit = new CompilationUnit();
    unit.addSource("qupath.groovy", script);
    unit.compile(Phases.CONVERSION);
  }
}
