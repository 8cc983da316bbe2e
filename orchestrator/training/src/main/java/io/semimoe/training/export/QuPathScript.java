package io.semimoe.training.export;

import io.semimoe.inference.object.ObjectOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The script that runs the static model in QuPath, {@code qupath.groovy}: a text beside this class
 * in which names between at signs stand for what depends on the model.
 */
final class QuPathScript {
  private static final String TEMPLATE = "qupath.groovy";

  /** Side of an image so small that the areas are shares of it. */
  private static final int SMALL = 500;

  private QuPathScript() {}

  static String text(ModelFacts facts) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", facts.name());
    values.put("model", quoted(facts.models().fixed().getFileName().toString()));
    values.put("patchSize", Integer.toString(facts.size()));
    values.put("halo", Integer.toString(facts.halo()));
    values.put("foreground", quoted(facts.description().foregroundClass()));
    values.put("threshold", Float.toString(facts.description().threshold()));
    values.put(
        "micronsPerPixel",
        facts.description().micronsPerPixel().stream()
            .mapToObj(Double::toString)
            .findFirst()
            .orElse("null"));
    putAreas(values);
    String text = template();
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue());
    }
    return text;
  }

  /** The areas of {@link ObjectOptions#forImage}: on the glass, in pixels, and as shares. */
  private static void putAreas(Map<String, String> values) {
    ObjectOptions glass = ObjectOptions.forImage(1, 1, OptionalDouble.of(1));
    ObjectOptions small = ObjectOptions.forImage(SMALL, SMALL, OptionalDouble.empty());
    ObjectOptions large = ObjectOptions.GLAS_SIZED;
    double pixels = (double) SMALL * SMALL;
    values.put("minimumMicrons", Long.toString(glass.minimumArea()));
    values.put("maximumHoleMicrons", Long.toString(glass.maximumHoleArea()));
    values.put("minimumArea", Long.toString(large.minimumArea()));
    values.put("maximumHoleArea", Long.toString(large.maximumHoleArea()));
    values.put("minimumShare", share(small.minimumArea() / pixels));
    values.put("maximumHoleShare", share(small.maximumHoleArea() / pixels));
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  /** Returns a literal of Groovy that interpolates nothing. */
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String template() {
    try (InputStream in = QuPathScript.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException(TEMPLATE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
