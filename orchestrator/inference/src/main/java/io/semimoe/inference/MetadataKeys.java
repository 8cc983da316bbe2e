package io.semimoe.inference;

import io.semimoe.inference.ModelDescription.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The metadata keys of an exported model, and the strings behind them. */
final class MetadataKeys {
  private static final String PREFIX = ModelDescription.METADATA_PREFIX;
  static final String FORMAT = PREFIX + "format";
  static final String CLASSES = PREFIX + "classes";
  static final String TILE_SIZE = PREFIX + "tile.size";
  static final String LAYOUT_MULTIPLE = PREFIX + "layout.multiple";
  static final String PRESET = PREFIX + "preset";
  static final String THRESHOLD = PREFIX + "threshold";
  static final String WIDTH = PREFIX + "width";
  static final String INPUT_RANGE = PREFIX + "input.range";
  static final String PREDICTION = PREFIX + "prediction";
  static final String PIXEL_SIZE = PREFIX + "pixel.size.um";
  static final String PROVENANCE = PREFIX + "provenance.";
  static final String METRIC = PREFIX + "metric.";

  /** The only version of the keys so far. */
  private static final String FORMAT_VERSION = "1";

  /** Range of the input samples: normalisation is inside the graph. */
  private static final String INPUT_RANGE_8_BIT = "0..255";

  private MetadataKeys() {}

  static Map<String, String> write(ModelDescription description) {
    Map<String, String> out = new TreeMap<>();
    out.put(FORMAT, FORMAT_VERSION);
    out.put(CLASSES, String.join(",", description.classes()));
    out.put(TILE_SIZE, Integer.toString(description.tileSize()));
    out.put(LAYOUT_MULTIPLE, Integer.toString(description.layoutMultiple()));
    out.put(PRESET, description.preset());
    out.put(THRESHOLD, Float.toString(description.threshold()));
    out.put(WIDTH, Integer.toString(description.width()));
    out.put(INPUT_RANGE, INPUT_RANGE_8_BIT);
    out.put(PREDICTION, description.prediction().name().toLowerCase(Locale.ROOT));
    description.micronsPerPixel().ifPresent(size -> out.put(PIXEL_SIZE, Double.toString(size)));
    description.provenance().forEach((key, value) -> out.put(PROVENANCE + key, value));
    description.metrics().forEach((key, value) -> out.put(METRIC + key, value));
    return out;
  }

  static ModelDescription read(String model, Map<String, String> metadata) throws ModelException {
    if (!metadata.containsKey(FORMAT)) {
      throw new ModelException(
          model,
          "expected a model exported by Semi-MoE, found no metadata "
              + FORMAT
              + "; export it with `semi-moe export`");
    }
    Reader reader = new Reader(model, metadata);
    reader.expect(FORMAT, FORMAT_VERSION);
    reader.expect(INPUT_RANGE, INPUT_RANGE_8_BIT);
    List<String> classes = Arrays.asList(reader.text(CLASSES).split(",", -1));
    int tileSize = reader.integer(TILE_SIZE);
    int layoutMultiple = reader.integer(LAYOUT_MULTIPLE);
    String preset = reader.text(PRESET);
    float threshold = (float) reader.decimal(THRESHOLD);
    int width = reader.integer(WIDTH);
    Prediction prediction = reader.prediction();
    OptionalDouble micronsPerPixel =
        metadata.containsKey(PIXEL_SIZE)
            ? OptionalDouble.of(reader.decimal(PIXEL_SIZE))
            : OptionalDouble.empty();
    try {
      return new ModelDescription(
          classes,
          tileSize,
          layoutMultiple,
          preset,
          threshold,
          width,
          prediction,
          reader.below(PROVENANCE),
          reader.below(METRIC),
          micronsPerPixel);
    } catch (IllegalArgumentException e) {
      throw new ModelException(model, e.getMessage(), e);
    }
  }

  /** Typed access to the entries with errors that name model and key. */
  private record Reader(String model, Map<String, String> metadata) {

    String text(String key) throws ModelException {
      String value = metadata.get(key);
      if (value == null) {
        throw new ModelException(
            model, "expected metadata " + key + ", found none; export the model again");
      }
      return value;
    }

    void expect(String key, String expected) throws ModelException {
      String found = text(key);
      if (!found.equals(expected)) {
        throw new ModelException(
            model,
            "metadata "
                + key
                + ": expected \""
                + expected
                + "\", found \""
                + found
                + "\"; the model was exported by a version of Semi-MoE that this one does not know");
      }
    }

    int integer(String key) throws ModelException {
      try {
        return Integer.parseInt(text(key));
      } catch (NumberFormatException e) {
        throw notANumber(key, "a whole number", e);
      }
    }

    double decimal(String key) throws ModelException {
      try {
        return Double.parseDouble(text(key));
      } catch (NumberFormatException e) {
        throw notANumber(key, "a number", e);
      }
    }

    Prediction prediction() throws ModelException {
      String value = text(PREDICTION);
      for (Prediction prediction : Prediction.values()) {
        if (prediction.name().toLowerCase(Locale.ROOT).equals(value)) {
          return prediction;
        }
      }
      throw new ModelException(
          model,
          "metadata " + PREDICTION + ": expected \"resize\" or \"tiles\", found \"" + value + "\"");
    }

    Map<String, String> below(String prefix) {
      Map<String, String> out = new TreeMap<>();
      metadata.forEach(
          (key, value) -> {
            if (key.startsWith(prefix)) {
              out.put(key.substring(prefix.length()), value);
            }
          });
      return out;
    }

    private ModelException notANumber(String key, String expected, NumberFormatException cause) {
      return new ModelException(
          model,
          "metadata " + key + ": expected " + expected + ", found \"" + metadata.get(key) + "\"",
          cause);
    }
  }
}
