package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is opened as a model, and what is refused. */
class SegmenterOpeningTest {
  private static final SegmenterOptions OPTIONS = SegmenterOptions.builder().threads(1).build();

  @Test
  void opensAFileWhosePathHasSpacesAndUmlauts(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("ein Modell für Drüsen.onnx");
    Files.write(file, new TinyModel().withStaticSide(TinyModel.TILE).bytes());
    try (Segmenter segmenter = Segmenter.open(file, OPTIONS)) {
      assertThat(segmenter.description()).isEqualTo(TinyModel.DESCRIPTION);
      assertThat(segmenter.segment(TinyModel.halves(16, 16)).mask().foregroundCount())
          .isEqualTo(8 * 16);
    }
  }

  @Test
  void opensAFileInAnArchive(@TempDir Path folder) throws Exception {
    Path archive = folder.resolve("models.zip");
    try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path file = Files.write(files.getPath("/model.onnx"), new TinyModel().bytes());
      try (Segmenter segmenter = Segmenter.open(file, OPTIONS)) {
        assertThat(segmenter.description()).isEqualTo(TinyModel.DESCRIPTION);
      }
    }
  }

  @Test
  void namesAFileThatDoesNotExist(@TempDir Path folder) {
    Path file = folder.resolve("missing.onnx");

    assertThatThrownBy(() -> Segmenter.open(file, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("found no file");
  }

  @Test
  void namesAFileThatIsNoModel(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("notes.onnx");
    Files.write(file, "just some text".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> Segmenter.open(file, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("expected an ONNX model");
  }

  @Test
  void namesAResourceThatDoesNotExist() {
    assertThatThrownBy(() -> Segmenter.open(SegmenterOpeningTest.class, "missing.onnx", OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("missing.onnx: expected a resource on the class path of class");
  }

  @Test
  void refusesAModelOfSomeoneElse() {
    byte[] model = new TinyModel().without("semimoe.format").bytes();

    assertThatThrownBy(() -> Segmenter.open(model, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a model exported by Semi-MoE");
  }

  @ParameterizedTest
  @CsvSource({"distance, 1", "boundary, 1", "expert_logits, 15"})
  void refusesAModelWithOtherFurtherOutputs(String output, int channels) {
    byte[] model = new TinyModel().withInputAs(output).bytes();

    assertThatThrownBy(() -> Segmenter.open(model, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected %s to be float32 [N, %d, H, W]", output, channels);
  }

  @Test
  void refusesAModelWithOtherGateWeights() {
    assertThatThrownBy(
            () -> Segmenter.open(new TinyModel().withInputAs("gate_weights").bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "expected gate_weights to be float32 [N, 9, 1, 1], found float [-1, 3, -1, -1]");
  }

  @Test
  void refusesAModelWithOtherTensors() {
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().withInputChannels(4).bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "expected input to be float32 [N, 3, H, W] with free sides or 16, found float [-1, 4, -1, -1]");
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().withInputName("x").bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected one input named input, found [x]");
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().withStaticSide(32).bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("free sides or 16");
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().withOutputName("y").bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a tensor named output, found [y]");
    assertThatThrownBy(() -> Segmenter.open(new TinyModel().withOutputChannels(3).bytes(), OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected output to be float32 [N, 2, H, W]");
  }

  @Test
  void refusesADeviceThatTheRuntimeDoesNotHave() {
    SegmenterOptions gpu = SegmenterOptions.builder().cudaDevice(3).build();

    assertThatThrownBy(() -> Segmenter.open(new TinyModel().bytes(), gpu))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a runtime with CUDA for device 3, found none");
  }
}
