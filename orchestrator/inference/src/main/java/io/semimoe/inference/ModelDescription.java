package io.semimoe.inference;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What an exported model says about itself, kept in the custom metadata of its ONNX file.
 *
 * <p>{@link #toMetadata()} and {@link #parse} are the two directions; the keys begin with {@code
 * semimoe.} and all values are strings.
 *
 * @param classes names of the output channels, background first; {@code semimoe.classes}, separated
 *     by commas
 * @param tileSize side of the square at which the model was trained and is run, in pixels, at most
 *     {@value #LARGEST_TILE}; {@code semimoe.tile.size}
 * @param layoutMultiple both sides of an input must be multiples of this; {@code
 *     semimoe.layout.multiple}
 * @param preset name of the configuration it was trained with; {@code semimoe.preset}
 * @param threshold foreground is where the probability is above this, in (0, 1); {@code
 *     semimoe.threshold}
 * @param width channels of the experts' first level; {@code semimoe.width}
 * @param prediction how an image becomes an input; {@code semimoe.prediction}
 * @param provenance where the model comes from, free keys; {@code semimoe.provenance.*}
 * @param metrics results of its evaluation, free keys; {@code semimoe.metric.*}
 * @param micronsPerPixel side of a pixel of the images it was trained on, in µm; empty if they had
 *     none in common, as images resized to one size have not; {@code semimoe.pixel.size.um}
 */
public record ModelDescription(
    List<String> classes,
    int tileSize,
    int layoutMultiple,
    String preset,
    float threshold,
    int width,
    Prediction prediction,
    Map<String, String> provenance,
    Map<String, String> metrics,
    OptionalDouble micronsPerPixel) {

  /** What the keys in the metadata begin with. */
  public static final String METADATA_PREFIX = "semimoe.";

  /** Largest side of a tile: the experts give 60 bytes a pixel, and a buffer holds 2³¹ − 1. */
  public static final int LARGEST_TILE = 5888;

  /** How an image becomes an input of the model. */
  public enum Prediction {
    /** The whole image is resized to the tile size, the maps are resized back. */
    RESIZE,
    /**
     * The image is covered with overlapping tiles at its own resolution or, where that is known, at
     * the model's.
     */
    TILES
  }

  /**
   * Checks the values and copies the collections; the maps are sorted by key.
   *
   * @throws IllegalArgumentException if a value is out of its range; the message names its key
   */
  public ModelDescription {
    classes = List.copyOf(classes);
    Objects.requireNonNull(preset, "preset");
    Objects.requireNonNull(prediction, "prediction");
    provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    check(
        classes.size() == 2 && classes.stream().noneMatch(n -> n.isBlank() || n.contains(",")),
        MetadataKeys.CLASSES,
        "two names without commas, background first",
        classes);
    check(layoutMultiple > 0, MetadataKeys.LAYOUT_MULTIPLE, "a number above 0", layoutMultiple);
    check(
        tileSize > 0 && tileSize % layoutMultiple == 0,
        MetadataKeys.TILE_SIZE,
        "a positive multiple of " + layoutMultiple,
        tileSize);
    check(
        tileSize <= LARGEST_TILE,
        MetadataKeys.TILE_SIZE,
        "at most " + LARGEST_TILE + " pixels",
        tileSize);
    check(threshold > 0 && threshold < 1, MetadataKeys.THRESHOLD, "within (0, 1)", threshold);
    check(width > 0, MetadataKeys.WIDTH, "a number above 0", width);
    micronsPerPixel.ifPresent(
        size ->
            check(
                size > 0 && Double.isFinite(size),
                MetadataKeys.PIXEL_SIZE,
                "a number above 0",
                size));
  }

  /** Name of the class that the model finds. */
  public String foregroundClass() {
    return classes.get(1);
  }

  /** The metadata entries to write into an ONNX file, sorted by key. */
  public Map<String, String> toMetadata() {
    return MetadataKeys.write(this);
  }

  /**
   * Reads the metadata of an ONNX file; keys that do not begin with {@code semimoe.} are skipped.
   *
   * @param model name of the model for the messages
   * @param metadata custom metadata of the file
   * @throws ModelException if a key is missing or its value is not what it should be
   */
  public static ModelDescription parse(String model, Map<String, String> metadata)
      throws ModelException {
    return MetadataKeys.read(model, metadata);
  }

  private static void check(boolean condition, String key, String expected, Object found) {
    if (!condition) {
      throw new IllegalArgumentException(
          "metadata " + key + ": expected " + expected + ", found " + found);
    }
  }
}
