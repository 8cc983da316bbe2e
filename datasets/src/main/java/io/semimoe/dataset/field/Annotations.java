package io.semimoe.dataset.field;

import io.semimoe.dataset.outline.Outline;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.List;
import java.util.function.Predicate;

/**
 * The outlines of one image by what they mean.
 *
 * @param glands outlines of glands
 * @param regions areas in which all glands are outlined
 * @param ignored areas that fields keep out of
 */
record Annotations(List<Shape> glands, List<Shape> regions, List<Shape> ignored) {
  /** QuPath's class for what is not to be used. */
  static final String IGNORED = "Ignore*";

  /** QuPath's sign of classes that are no objects. */
  private static final String NO_OBJECT = "*";

  static Annotations of(List<Outline> outlines, FieldSettings settings, AffineTransform scale) {
    Predicate<Outline> gland = outline -> isGland(outline, settings);
    return new Annotations(
        shapes(outlines, gland, scale),
        shapes(outlines, outline -> name(outline).equals(settings.regionClass()), scale),
        shapes(outlines, gland.negate().and(outline -> name(outline).equals(IGNORED)), scale));
  }

  private static List<Shape> shapes(
      List<Outline> outlines, Predicate<Outline> meant, AffineTransform scale) {
    return outlines.stream()
        .filter(meant)
        .map(outline -> scale.createTransformedShape(outline.shape()))
        .toList();
  }

  static boolean isGland(Outline outline, FieldSettings settings) {
    String name = name(outline);
    return !name.equals(settings.regionClass())
        && (settings.classes().isEmpty()
            ? !name.endsWith(NO_OBJECT)
            : settings.classes().contains(name));
  }

  /** Returns the class of an outline; empty if it has none. */
  static String name(Outline outline) {
    return outline.className().orElse("");
  }
}
