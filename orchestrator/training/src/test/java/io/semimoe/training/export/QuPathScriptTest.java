package io.semimoe.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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

  /** Parses the script; the names in it are QuPath's, which is not here. */
  private static void parse(String script) {
    CompilationUnit unit = new CompilationUnit();
    unit.addSource("qupath.groovy", script);
    unit.compile(Phases.CONVERSION);
  }
}
