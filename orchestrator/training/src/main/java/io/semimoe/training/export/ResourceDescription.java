package io.semimoe.training.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.semimoe.dataset.DataException;
import io.semimoe.inference.ModelTensors;
import io.semimoe.training.run.Provenance;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The model description of bioimage.io, {@code rdf.yaml}: the static model with its axes, test
 * tensors and hashes. The form is that of the <a
 * href="https://github.com/bioimage-io/spec-bioimage-io">specification</a>, version 0.5.5, the
 * first that lets a model come without a license.
 */
final class ResourceDescription {
  private static final String FORMAT_VERSION = "0.5.5";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private final ModelFacts facts;

  ResourceDescription(ModelFacts facts) {
    this.facts = facts;
  }

  /**
   * Returns the text of the file, for a folder that holds all others already.
   *
   * @param documentation the model card
   * @param attachments files that go with the model
   * @throws DataException if one of the files cannot be read
   */
  String text(TestTensors tests, Path documentation, List<Path> attachments) throws DataException {
    Map<String, Object> rdf = new LinkedHashMap<>();
    rdf.put("format_version", FORMAT_VERSION);
    rdf.put("type", "model");
    rdf.put("name", facts.name());
    rdf.put("description", description());
    rdf.put("authors", authors());
    rdf.put("cite", List.of(citation()));
    facts.credits().license().ifPresent(license -> rdf.put("license", license));
    rdf.put("documentation", name(documentation));
    rdf.put("tags", tags());
    List<Object> files = new ArrayList<>();
    for (Path attachment : attachments) {
      files.add(file(attachment));
    }
    rdf.put("attachments", files);
    rdf.put("inputs", List.of(input(tests.input())));
    rdf.put("outputs", List.of(output(tests.output())));
    Map<String, Object> onnx = file(facts.models().fixed());
    onnx.put("opset_version", facts.models().opset());
    rdf.put("weights", Map.of("onnx", onnx));
    rdf.put("timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    rdf.put("config", Map.of("semimoe", settings()));
    try {
      return YAML.writeValueAsString(rdf);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String description() {
    return "Finds "
        + facts.description().foregroundClass()
        + " pixels in RGB images of stained tissue. Normalisation and softmax are inside the graph."
        + " For research; not a medical device.";
  }

  private List<Map<String, String>> authors() {
    List<String> authors = facts.credits().authors();
    return (authors.isEmpty() ? Stream.of("unknown") : authors.stream())
        .map(author -> Map.of("name", author))
        .toList();
  }

  private static Map<String, String> citation() {
    Map<String, String> citation = new LinkedHashMap<>();
    citation.put("text", ModelCard.PAPER);
    citation.put("doi", ModelCard.PAPER_DOI);
    return citation;
  }

  private List<String> tags() {
    return List.of(
        "segmentation",
        "semantic-segmentation",
        "histopathology",
        "2d",
        "rgb",
        "semi-supervised",
        facts.description().foregroundClass());
  }

  private Map<String, Object> input(Path test) throws DataException {
    int size = facts.size();
    return tensor(
        ModelTensors.INPUT,
        "RGB image, 0 to 255",
        List.of("red", "green", "blue"),
        List.of(space("y", size), space("x", size)),
        255,
        test);
  }

  private Map<String, Object> output(Path test) throws DataException {
    return tensor(
        ModelTensors.OUTPUT,
        "probability of each class",
        facts.description().classes(),
        List.of(withHalo("y"), withHalo("x")),
        1,
        test);
  }

  private Map<String, Object> tensor(
      String id,
      String description,
      List<String> channels,
      List<Map<String, Object>> space,
      double most,
      Path test)
      throws DataException {
    Map<String, Object> batch = axis("batch", "batch");
    batch.put("size", 1);
    Map<String, Object> channel = axis("channel", "channel");
    channel.put("channel_names", channels);
    List<Map<String, Object>> axes = new ArrayList<>(List.of(batch, channel));
    axes.addAll(space);
    Map<String, Object> tensor = new LinkedHashMap<>();
    tensor.put("id", id);
    tensor.put("description", description);
    tensor.put("axes", axes);
    tensor.put("test_tensor", file(test));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("type", "float32");
    data.put("range", List.of(0.0, most));
    tensor.put("data", data);
    return tensor;
  }

  private Map<String, Object> space(String id, Object size) {
    Map<String, Object> axis = axis("space", id);
    axis.put("size", size);
    OptionalDouble micronsPerPixel = facts.description().micronsPerPixel();
    if (micronsPerPixel.isPresent()) {
      axis.put("unit", "micrometer");
      axis.put("scale", micronsPerPixel.getAsDouble());
    }
    return axis;
  }

  /** A halo is allowed where the size refers to another axis alone. */
  private Map<String, Object> withHalo(String id) {
    Map<String, Object> size = new LinkedHashMap<>();
    size.put("tensor_id", ModelTensors.INPUT);
    size.put("axis_id", id);
    size.put("offset", 0);
    Map<String, Object> axis = space(id, size);
    axis.put("halo", facts.halo());
    return axis;
  }

  private static Map<String, Object> axis(String type, String id) {
    Map<String, Object> axis = new LinkedHashMap<>();
    axis.put("type", type);
    axis.put("id", id);
    return axis;
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("preset", facts.description().preset());
    settings.put("threshold", facts.description().threshold());
    settings.put("width", facts.description().width());
    settings.put("dynamic_model", name(facts.models().dynamic()));
    return settings;
  }

  private static Map<String, Object> file(Path file) throws DataException {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("source", name(file));
    entry.put("sha256", Provenance.hashOfFile(file));
    return entry;
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
