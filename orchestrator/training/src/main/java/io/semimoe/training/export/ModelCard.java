package io.semimoe.training.export;

import io.semimoe.inference.ModelDescription;
import io.semimoe.training.configuration.DataSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.run.Provenance;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The model card, {@code model-card.md}: what the model is for, what it was made from, how good it
 * is and how to use it. What the run did not record is called unknown.
 */
final class ModelCard {
  /** The paper that the method comes from. */
  static final String PAPER =
      "Semi-MoE: Mixture-of-Experts meets Semi-Supervised Histopathology Segmentation";

  static final String PAPER_DOI = "10.48550/arXiv.2509.13834";

  private static final String UNKNOWN = "unknown";

  private final ModelFacts facts;
  private final ModelDescription description;
  private final TrainingConfiguration configuration;
  private final Provenance provenance;

  ModelCard(ModelFacts facts) {
    this.facts = facts;
    description = facts.description();
    configuration = facts.configuration();
    provenance = facts.provenance();
  }

  String text() {
    return String.join(
        "\n",
        "# " + facts.name() + "\n",
        intention(),
        "## Files\n",
        files(),
        "## Input and output\n",
        tensors(),
        "## Training data\n",
        data(),
        "## Training\n",
        training(),
        "## Validation\n",
        new ValidationSection(facts).text(),
        "## Use\n",
        use(),
        "## Authors and terms\n",
        terms());
  }

  private String intention() {
    return """
        Tells %s pixels from background in RGB images of stained tissue, by the method of "%s" \
        (doi:%s).

        **Intended use:** research on images like those it was trained on. **Not a medical device:** it \
        was not tested for diagnosis and must not guide the treatment of anyone. Other stains, organs, \
        scanners and magnifications than in training may make it fail without a sign; look at what it \
        outlines before you count on it.
        """
        .formatted(description.foregroundClass(), PAPER, PAPER_DOI);
  }

  private static String files() {
    return """
        | file | for |
        |---|---|
        | `model.onnx` | ONNX Runtime: any batch, height and width that are multiples of 16; all outputs |
        | `model-static.onnx` | OpenCV, QuPath and others: one image of the training size, probabilities alone |
        | `rdf.yaml` | the description in the form of bioimage.io |
        | `test-input.npy`, `test-output.npy` | a generated image, and what `model-static.onnx` makes of it |
        | `qupath.groovy` | a script for QuPath |
        """;
  }

  private String tensors() {
    return """
        | tensor | shape | meaning |
        |---|---|---|
        | `input` | float32 [N, 3, H, W] | red, green, blue from 0 to 255; normalisation is in the model |
        | `output` | float32 [N, 2, H, W] | probability of %s; the softmax is in the model |

        Size in training: %d×%d pixels. Threshold: %s. %s The gates average over the whole input, so that \
        inputs of another size or resolution than in training give other results.
        """
        .formatted(
            String.join(", ", description.classes()),
            facts.size(),
            facts.size(),
            description.threshold(),
            resolution());
  }

  private String resolution() {
    return description.micronsPerPixel().isPresent()
        ? String.format(
            Locale.ROOT,
            "Pixel size: %s µm, as the configuration of the run says; images are covered with tiles.",
            description.micronsPerPixel().getAsDouble())
        : "Pixel size: none, since whole images were resized to that size; an image is resized to it"
            + " to be segmented.";
  }

  private String data() {
    return """
        | | |
        |---|---|
        | layout | %s |
        | images | %s |
        | SHA-256 of the list of files (names and lengths) | `%s` |

        The terms of the training images apply to what was made from them: read them before you pass the \
        model on or use it commercially.
        """
        .formatted(layout(), images(), provenance.dataSha256());
  }

  private String layout() {
    DataSettings data = configuration.data();
    String name = data.layout().name().toLowerCase(Locale.ROOT);
    return data.layout() == DataSettings.Layout.SYNTHETIC
        ? name + ": generated images, no tissue; of no use on real images"
        : name;
  }

  private String images() {
    return provenance.images().isEmpty()
        ? UNKNOWN
        : provenance.images().entrySet().stream()
            .map(role -> role.getValue() + " " + role.getKey())
            .collect(Collectors.joining(", "));
  }

  private String training() {
    Map<String, Long> seeds = provenance.seeds();
    return """
        | | |
        |---|---|
        | preset | %s |
        | method | %s |
        | epochs | %d of %d |
        | channels of the finest level | %d |
        | seed | %s |
        | weights at the start | %s |
        | weights of the model | %s |
        | program | semi-moe %s |
        | Java | %s |
        | ONNX Runtime | %s |
        | machine | %s |
        | SHA-256 of the configuration | `%s` |
        | first started | %s |
        """
        .formatted(
            description.preset(),
            configuration.supervisedOnly() ? "labelled images alone" : "semi-supervised",
            facts.models().epochs(),
            configuration.epochs(),
            description.width(),
            seeds.isEmpty() ? UNKNOWN : seeds.values().iterator().next().toString(),
            provenance
                .initialCheckpointSha256()
                .map(hash -> "those of a trained checkpoint, SHA-256 `" + hash + "`")
                .orElse("drawn at random"),
            configuration.weightAverage() > 0
                ? "running average, weightAverage " + configuration.weightAverage()
                : "as trained, not averaged",
            provenance.version(),
            provenance.java(),
            provenance.onnxRuntime(),
            provenance.operatingSystem(),
            provenance.configurationSha256(),
            provenance.sessions().get(0).started());
  }

  private String use() {
    return """
        **Java**, with the artifact `io.semimoe:semi-moe-inference`:

        ```java
        try (Segmenter segmenter = Segmenter.open(Path.of("model.onnx"), SegmenterOptions.DEFAULT)) {
          Segmentation result = segmenter.segment(ImageIO.read(new File("tissue.png")));
          result.objects().objects().forEach(System.out::println);
        }
        ```

        **QuPath** 0.5 or 0.6: put `model-static.onnx` into the folder of a project, open an image and run \
        `qupath.groovy` from the script editor; its first lines say what may be changed.

        **ONNX Runtime**, here from Python:

        ```python
        import numpy as np, onnxruntime as ort
        session = ort.InferenceSession("model-static.onnx")
        probabilities = session.run(["output"], {"input": np.load("test-input.npy")})[0]
        assert np.abs(probabilities - np.load("test-output.npy")).max() < 1e-3
        ```
        """;
  }

  private String terms() {
    Credits credits = facts.credits();
    return """
        Authors: %s. License: %s. Please cite the paper, and whoever made the training images.
        """
        .formatted(
            credits.authors().isEmpty() ? UNKNOWN : String.join(", ", credits.authors()),
            credits
                .license()
                .orElse("none was named; ask the authors before you pass the model on"));
  }
}
