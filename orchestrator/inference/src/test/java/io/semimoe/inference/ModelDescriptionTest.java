package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDescriptionTest {

  @Test
  void writesTheAgreedKeys() {
    assertThat(TinyModel.DESCRIPTION.toMetadata())
        .containsOnly(
            entry("semimoe.format", "1"),
            entry("semimoe.classes", "background,gland"),
            entry("semimoe.tile.size", "16"),
            entry("semimoe.layout.multiple", "8"),
            entry("semimoe.preset", "compact"),
            entry("semimoe.threshold", "0.5"),
            entry("semimoe.width", "16"),
            entry("semimoe.input.range", "0..255"),
            entry("semimoe.prediction", "resize"),
            entry("semimoe.provenance.seed", "1"),
            entry("semimoe.metric.pooledDice@16", "0.9"));
  }

  @Test
  void readsWhatItWrote() throws Exception {
    Map<String, String> metadata = new HashMap<>(TinyModel.DESCRIPTION.toMetadata());
    metadata.put("author", "someone else's key");

    assertThat(ModelDescription.parse("m.onnx", metadata)).isEqualTo(TinyModel.DESCRIPTION);
  }

  @Test
  void thePixelSizeIsThereIfItIsKnown() throws Exception {
    Map<String, String> metadata = new HashMap<>(TinyModel.DESCRIPTION.toMetadata());
    metadata.put("semimoe.pixel.size.um", "0.4965");

    ModelDescription read = ModelDescription.parse("m.onnx", metadata);

    assertThat(TinyModel.DESCRIPTION.micronsPerPixel()).isEmpty();
    assertThat(read.micronsPerPixel()).hasValue(0.4965);
    assertThat(read.toMetadata()).isEqualTo(metadata);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classes",
        "tile.size",
        "layout.multiple",
        "preset",
        "threshold",
        "width",
        "input.range",
        "prediction"
      })
  void namesAMissingKey(String key) {
    Map<String, String> metadata = new HashMap<>(TinyModel.DESCRIPTION.toMetadata());
    metadata.remove("semimoe." + key);

    assertThatThrownBy(() -> ModelDescription.parse("m.onnx", metadata))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "m.onnx: expected metadata semimoe." + key + ", found none; export the model again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format | 2 | expected \"1\", found \"2\"",
        "input.range | 0..1 | expected \"0..255\", found \"0..1\"",
        "prediction | rows | expected \"resize\" or \"tiles\", found \"rows\"",
        "tile.size | big | expected a whole number, found \"big\"",
        "tile.size | 20 | expected a positive multiple of 8, found 20",
        "tile.size | 2147483640 | expected at most 5888 pixels, found 2147483640",
        "layout.multiple | 0 | expected a number above 0, found 0",
        "threshold | NaN | expected within (0, 1), found NaN",
        "threshold | half | expected a number, found \"half\"",
        "pixel.size.um | 0 | expected a number above 0, found 0.0",
        "pixel.size.um | Infinity | expected a number above 0, found Infinity",
        "pixel.size.um | small | expected a number, found \"small\"",
        "width | -1 | expected a number above 0, found -1",
        "classes | gland | expected two names without commas, background first, found [gland]",
      })
  void saysWhatIsWrongWithAValue(String key, String value, String message) {
    Map<String, String> metadata = new HashMap<>(TinyModel.DESCRIPTION.toMetadata());
    metadata.put("semimoe." + key, value);

    assertThatThrownBy(() -> ModelDescription.parse("m.onnx", metadata))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("m.onnx: metadata semimoe." + key + ": " + message);
  }
}
