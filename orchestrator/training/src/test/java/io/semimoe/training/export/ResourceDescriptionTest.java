package io.semimoe.training.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.semimoe.training.run.Provenance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds rdf.yaml to what the specification of bioimage.io asks of a model, version 0.5. */
class ResourceDescriptionTest {
  // printf static | sha256sum
  private static final String OF_STATIC =
      "2053dbbf6ec7135c4e994d3464c478db6f48d3ca21052c8f44915edc96e02c39";

  @TempDir private Path folder;

  @Test
  void hasWhatAModelMustHave() throws Exception {
    JsonNode rdf = rdf(new Facts(folder));

    assertThat(rdf.get("type").textValue()).isEqualTo("model");
    assertThat(rdf.get("format_version").textValue()).isEqualTo("0.5.5");
    assertThat(rdf.get("name").textValue()).matches("[A-Za-z0-9_ ()+-]{5,64}");
    assertThat(rdf.get("description").textValue()).isNotBlank().hasSizeLessThanOrEqualTo(512);
    assertThat(rdf.get("documentation").textValue()).isEqualTo("model-card.md");
    assertThat(rdf.get("authors")).isNotEmpty().allMatch(author -> author.hasNonNull("name"));
    assertThat(rdf.get("cite"))
        .isNotEmpty()
        .allMatch(entry -> entry.hasNonNull("text") && entry.hasNonNull("doi"));
    assertThat(rdf.get("tags")).isNotEmpty();
    assertThat(Instant.parse(rdf.get("timestamp").textValue())).isBeforeOrEqualTo(Instant.now());
  }

  @Test
  void aStrangePresetGivesAnAllowedName() throws Exception {
    JsonNode rdf = rdf(new Facts(folder).withPreset("mein/Läuf:" + "x".repeat(200)));

    assertThat(rdf.get("name").textValue()).matches("[A-Za-z0-9_ ()+-]{5,128}");
  }

  @Test
  void theWeightsAreTheStaticModelWithItsHashAndOperatorSet() throws Exception {
    JsonNode weights = rdf(new Facts(folder)).get("weights");

    assertThat(weights.properties()).hasSize(1);
    JsonNode onnx = weights.get("onnx");
    assertThat(onnx.get("source").textValue()).isEqualTo("model-static.onnx");
    assertThat(onnx.get("sha256").textValue()).isEqualTo(OF_STATIC);
    assertThat(onnx.get("opset_version").intValue()).isEqualTo(Facts.OPSET);
  }

  @Test
  void theInputIsOneImageOfTheTrainingSize() throws Exception {
    JsonNode inputs = rdf(new Facts(folder)).get("inputs");

    assertThat(inputs).hasSize(1);
    JsonNode input = inputs.get(0);
    assertThat(input.get("id").textValue()).isEqualTo("input");
    assertThat(input.at("/data/type").textValue()).isEqualTo("float32");
    assertThat(input.at("/data/range/1").doubleValue()).isEqualTo(255);
    JsonNode axes = input.get("axes");
    assertThat(texts(axes, "type")).containsExactly("batch", "channel", "space", "space");
    assertThat(texts(axes, "id")).containsExactly("batch", "channel", "y", "x");
    assertThat(axes.get(0).get("size").intValue()).isEqualTo(1);
    assertThat(axes.get(1).get("channel_names"))
        .extracting(JsonNode::textValue)
        .containsExactly("red", "green", "blue");
    assertThat(axes.get(2).get("size").intValue()).isEqualTo(Facts.SIZE);
    assertThat(axes.get(3).get("size").intValue()).isEqualTo(Facts.SIZE);
  }

  @Test
  void theOutputHasTheClassesAndAHaloThatTheFormatAllows() throws Exception {
    JsonNode outputs = rdf(new Facts(folder)).get("outputs");

    assertThat(outputs).hasSize(1);
    JsonNode axes = outputs.get(0).get("axes");
    assertThat(axes.get(1).get("channel_names"))
        .extracting(JsonNode::textValue)
        .containsExactly("background", "gland");
    for (int i = 2; i < 4; i++) {
      JsonNode axis = axes.get(i);
      assertThat(axis.at("/size/tensor_id").textValue()).isEqualTo("input");
      assertThat(axis.at("/size/axis_id").textValue()).isEqualTo(axis.get("id").textValue());
      int halo = axis.get("halo").intValue();
      assertThat(halo).isPositive().isEven().isLessThan(Facts.SIZE / 2);
    }
  }

  @Test
  void eachTestTensorHasItsHash() throws Exception {
    JsonNode rdf = rdf(new Facts(folder));

    for (String tensor : List.of("input", "output")) {
      JsonNode test = rdf.at("/" + tensor + "s/0/test_tensor");
      Path file = folder.resolve(test.get("source").textValue());
      assertThat(file).hasFileName("test-" + tensor + ".npy");
      assertThat(test.get("sha256").textValue()).isEqualTo(Provenance.hashOfFile(file));
    }
  }

  @Test
  void aPixelSizeIsGivenWhereThereIsOne() throws Exception {
    JsonNode without = rdf(new Facts(folder));
    JsonNode with = rdf(new Facts(folder).withMicronsPerPixel(0.5));

    for (String axis : List.of("/inputs/0/axes/2", "/inputs/0/axes/3", "/outputs/0/axes/3")) {
      assertThat(without.at(axis).has("unit")).isFalse();
      assertThat(without.at(axis).has("scale")).isFalse();
      assertThat(with.at(axis).get("unit").textValue()).isEqualTo("micrometer");
      assertThat(with.at(axis).get("scale").doubleValue()).isEqualTo(0.5);
    }
  }

  @Test
  void namesAuthorsAndLicenseIfTheyWereNamed() throws Exception {
    JsonNode unknown = rdf(new Facts(folder));
    JsonNode known =
        rdf(
            new Facts(folder)
                .withCredits(new Credits(List.of("Ä. B: #C"), Optional.of("CC-BY-NC-4.0"))));

    assertThat(texts(unknown.get("authors"), "name")).containsExactly("unknown");
    assertThat(unknown.has("license")).isFalse();
    assertThat(texts(known.get("authors"), "name")).containsExactly("Ä. B: #C");
    assertThat(known.get("license").textValue()).isEqualTo("CC-BY-NC-4.0");
  }

  @Test
  void tellsWhatTheFormatHasNoKeyForInASectionOfItsOwn() throws Exception {
    JsonNode own = rdf(new Facts(folder)).at("/config/semimoe");

    assertThat(own.get("preset").textValue()).isEqualTo("compact");
    assertThat(own.get("threshold").doubleValue()).isEqualTo(0.5);
    assertThat(own.get("width").intValue()).isEqualTo(8);
    assertThat(own.get("dynamic_model").textValue()).isEqualTo("model.onnx");
  }

  private JsonNode rdf(Facts facts) throws Exception {
    ModelFacts written = facts.write();
    TestTensors tests =
        new TestTensors(
            Files.writeString(folder.resolve("test-input.npy"), "input"),
            Files.writeString(folder.resolve("test-output.npy"), "output"));
    Path card = folder.resolve("model-card.md");
    String yaml =
        new ResourceDescription(written).text(tests, card, List.of(written.models().dynamic()));
    return new YAMLMapper().readTree(yaml);
  }

  private static List<String> texts(JsonNode entries, String key) {
    return entries.findValuesAsText(key);
  }
}
