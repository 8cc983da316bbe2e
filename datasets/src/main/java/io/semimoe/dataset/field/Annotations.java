package io.semimoe.dataset.field;

import io.semimoe.dataset.outline.Outline;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.util.ArrayList;
import java.util.List;

/**
 * The outlines of one image by what they mean.
 *
 * @param glands outlines of glands
 * @param regions areas in which all glands are outlined
 * @param ignored areas that no field may touch
 */
record Annotations(List<Shape> glands, List<Area> regions, List<Area> ignored) {
  /** QuPath's class for what is not to be used. */
  private static final String IGNORED = "Ignore*";

  /** QuPath's sign of classes that are no objects. */
  private static final String NO_OBJECT = "*";

  static Annotations of(List<Outline> outlines, FieldSettings settings, AffineTransform scale) {
    Annotations annotations =
        new Annotations(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Outline outline : outlines) {
      Shape shape = scale.createTransformedShape(outline.shape());
      String name = outline.className().orElse("");
      if (name.equals(settings.regionClass())) {
        annotations.regions.add(new Area(shape));
      } else if (isGland(outline, settings)) {
        annotations.glands.add(shape);
      } else if (name.equals(IGNORED)) {
        annotations.ignored.add(new Area(shape));
      }
    }
    return annotations;
  }

  static boolean isGland(Outline outline, FieldSettings settings) {
    String name = outline.className().orElse("");
    return settings.classes().isEmpty()
        ? !name.equals(settings.regionClass()) && !name.endsWith(NO_OBJECT)
        : settings.classes().contains(name);
  }
}
