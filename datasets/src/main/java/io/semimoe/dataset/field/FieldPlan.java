package io.semimoe.dataset.field;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.outline.Outline;
import io.semimoe.dataset.slide.SlideFile;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Area;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the fields of one image lie. Places are those in the image at the scale of the fields.
 *
 * @param image the image
 * @param scale its scale
 * @param glands outlines of glands
 * @param outlined fields in which all glands are outlined
 * @param candidates fields that may be taken unlabelled if they show tissue
 * @param barren number of regions that have no room for a field
 */
record FieldPlan(
    FieldImage image,
    FieldScale scale,
    List<Shape> glands,
    List<Rectangle> outlined,
    List<Rectangle> candidates,
    int barren) {
  /** Most pixels of an image that is one field: what is trained on is resized to far fewer. */
  private static final long MOST_PIXELS = 1L << 26;

  /**
   * Reads the image's header and finds its fields.
   *
   * @throws DataException if the image cannot be opened, does not tell the size of its pixels where
   *     it has to, is too large to be one field, or its outlines have no regions where they have
   *     to, or lie outside of it
   */
  static FieldPlan of(FieldImage image, List<Outline> outlines, FieldSettings settings)
      throws DataException {
    FieldScale scale;
    try (SlideFile slide = SlideFile.open(image.file())) {
      scale = FieldScale.of(slide, settings);
    }
    Annotations annotations = Annotations.of(outlines, settings, scale.fromImage());
    checkPlaces(image, annotations, scale.bounds());
    if (settings.size().isEmpty()) {
      return wholeImage(image, scale, annotations);
    }
    int size = settings.size().getAsInt();
    List<Area> regions = regions(image, annotations, settings, scale.bounds());
    List<Rectangle> outlined = new ArrayList<>();
    int barren = 0;
    for (Area region : regions) {
      List<Rectangle> fields = FieldGrid.covering(region, size);
      outlined.addAll(fields);
      barren += fields.isEmpty() ? 1 : 0;
    }
    outlined.removeIf(field -> touchesAny(field, annotations.ignored()));
    List<Rectangle> candidates = new ArrayList<>();
    if (image.role() == Role.LABELLED) {
      candidates.addAll(FieldGrid.sideBySide(scale.bounds().width, scale.bounds().height, size));
      candidates.removeIf(
          field -> touchesAny(field, regions) || touchesAny(field, annotations.ignored()));
    }
    return new FieldPlan(image, scale, annotations.glands(), outlined, candidates, barren);
  }

  private static FieldPlan wholeImage(FieldImage image, FieldScale scale, Annotations annotations)
      throws DataException {
    Rectangle bounds = scale.bounds();
    if ((long) bounds.width * bounds.height > MOST_PIXELS) {
      throw new DataException(
          image.file(),
          "expected at most %d megapixels of an image that is one field, found %d×%d pixels; cut it into fields (--size)"
              .formatted(MOST_PIXELS >> 20, bounds.width, bounds.height));
    }
    List<Rectangle> whole = List.of(bounds);
    boolean outlined = image.outlines().isPresent();
    return new FieldPlan(
        image,
        scale,
        annotations.glands(),
        outlined ? whole : List.of(),
        outlined ? List.of() : whole,
        0);
  }

  /** Outlines of another image, or of this one at another size, lie outside in part. */
  private static void checkPlaces(FieldImage image, Annotations annotations, Rectangle bounds)
      throws DataException {
    long outside = annotations.glands().stream().filter(gland -> !gland.intersects(bounds)).count();
    if (outside > 0) {
      throw new DataException(
          image.outlines().orElseThrow(),
          "expected outlines in pixels of "
              + image.file()
              + ", found "
              + outside
              + " of "
              + annotations.glands().size()
              + " glands outside of it; are they those of another image, or of this one at another"
              + " size?");
    }
  }

  private static List<Area> regions(
      FieldImage image, Annotations annotations, FieldSettings settings, Rectangle bounds)
      throws DataException {
    if (image.outlines().isEmpty()) {
      return List.of();
    }
    if (settings.wholeImages()) {
      return List.of(new Area(bounds));
    }
    if (annotations.regions().isEmpty()) {
      throw new DataException(
          image.outlines().get(),
          "expected regions in which all glands are outlined, found no outline of class '"
              + settings.regionClass()
              + "'; draw them, or say that all glands of the images are outlined (--all-outlined)");
    }
    annotations.regions().forEach(region -> region.intersect(new Area(bounds)));
    return annotations.regions();
  }

  private static boolean touchesAny(Rectangle field, List<Area> areas) {
    return areas.stream().anyMatch(area -> area.intersects(field));
  }
}
