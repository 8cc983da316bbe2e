package io.semimoe.dataset.field;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.outline.Outline;
import io.semimoe.dataset.outline.OutlineMap;
import io.semimoe.dataset.slide.SlideFile;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Area;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the fields of one image lie. Places are those in the image at the scale of the fields.
 *
 * @param image the image
 * @param scale its scale
 * @param glands outlines of glands
 * @param outlined fields in which all glands are outlined, each once
 * @param candidates fields that may be taken unlabelled if they show tissue
 * @param barren number of regions that have no room for a field
 */
record FieldPlan(
    FieldImage image,
    FieldScale scale,
    OutlineMap glands,
    List<Rectangle> outlined,
    FreeFields candidates,
    int barren) {
  /** Most pixels of an image that is one field: what is trained on is resized to far fewer. */
  private static final long MOST_PIXELS = 1L << 26;

  /**
   * Reads the image's header and finds its fields.
   *
   * @throws DataException if the image cannot be opened, does not tell the size of its pixels where
   *     it has to, or has far too large ones, is too large to be one field, or its outlines have no
   *     regions where they have to, have some where they mean nothing, or lie outside of it; or it
   *     has outlines and is turned as it is read
   */
  static FieldPlan of(FieldImage image, List<Outline> outlines, FieldSettings settings)
      throws DataException {
    FieldScale scale;
    try (SlideFile slide = SlideFile.open(image.file())) {
      scale = FieldScale.of(slide, settings);
      if (image.outlines().isPresent()
          && !slide.readsInPlace()
          && ImageFiles.isTurned(image.file())) {
        throw new DataException(
            image.file(),
            "is stored turned or mirrored (EXIF orientation), and its outlines do not say which way"
                + " they are; save it upright, for example as PNG, and outline that");
      }
    }
    Annotations annotations = Annotations.of(outlines, settings, scale.fromImage());
    checkPlaces(image, annotations.glands(), "glands", scale.bounds());
    checkPlaces(image, annotations.regions(), "regions", scale.bounds());
    if (settings.size().isEmpty()) {
      return wholeImage(image, scale, annotations, settings);
    }
    int size = settings.size().getAsInt();
    List<Area> ignored = annotations.ignored().stream().map(Area::new).toList();
    List<Area> regions = regions(image, annotations, settings, scale.bounds());
    Set<Rectangle> outlined = new LinkedHashSet<>();
    int barren = 0;
    for (Area region : regions) {
      List<Rectangle> fields = FieldGrid.covering(region, ignored, size);
      outlined.addAll(fields);
      barren += fields.isEmpty() ? 1 : 0;
    }
    List<Area> taken = new ArrayList<>(regions);
    taken.addAll(ignored);
    return new FieldPlan(
        image,
        scale,
        new OutlineMap(annotations.glands()),
        List.copyOf(outlined),
        image.role() == Role.LABELLED && settings.unlabelled() > 0
            ? FreeFields.of(scale.bounds(), size, taken)
            : FreeFields.none(),
        barren);
  }

  /** Whether there is no place for a field at all. */
  boolean isEmpty() {
    return outlined.isEmpty() && candidates.count() == 0;
  }

  private static FieldPlan wholeImage(
      FieldImage image, FieldScale scale, Annotations annotations, FieldSettings settings)
      throws DataException {
    Rectangle bounds = scale.bounds();
    if ((long) bounds.width * bounds.height > MOST_PIXELS) {
      throw new DataException(
          image.file(),
          "expected at most %d megapixels of an image that is one field, found %d×%d pixels; cut it into fields (--size)"
              .formatted(MOST_PIXELS >> 20, bounds.width, bounds.height));
    }
    if (!annotations.ignored().isEmpty()
        || !(annotations.regions().isEmpty() || settings.allOutlined())) {
      throw new DataException(
          image.outlines().orElseThrow(),
          "expected no outlines of class '%s' or '%s' in an image that is one field; cut fields of them (--size)%s"
              .formatted(
                  settings.regionClass(),
                  Annotations.IGNORED,
                  annotations.ignored().isEmpty()
                      ? ", or say that all glands of the image are outlined (--all-outlined)"
                      : ""));
    }
    boolean outlined = image.outlines().isPresent();
    return new FieldPlan(
        image,
        scale,
        new OutlineMap(annotations.glands()),
        outlined ? List.of(bounds) : List.of(),
        outlined || settings.unlabelled() == 0 ? FreeFields.none() : FreeFields.whole(bounds),
        0);
  }

  /** Outlines of another image, or of this one at another size, lie outside in part. */
  private static void checkPlaces(
      FieldImage image, List<Shape> shapes, String what, Rectangle bounds) throws DataException {
    long outside = shapes.stream().filter(shape -> !shape.intersects(bounds)).count();
    if (outside > 0) {
      throw new DataException(
          image.outlines().orElseThrow(),
          "expected outlines in pixels of "
              + image.file()
              + ", found "
              + outside
              + " of "
              + shapes.size()
              + " "
              + what
              + " outside of it; are they those of another image, or of this one at another size?");
    }
  }

  private static List<Area> regions(
      FieldImage image, Annotations annotations, FieldSettings settings, Rectangle bounds)
      throws DataException {
    if (image.outlines().isEmpty()) {
      return List.of();
    }
    if (settings.allOutlined()) {
      return List.of(new Area(bounds));
    }
    if (annotations.regions().isEmpty()) {
      throw new DataException(
          image.outlines().get(),
          "expected regions in which all glands are outlined, found no outline of class '"
              + settings.regionClass()
              + "'; draw them, or say that all glands of the images are outlined (--all-outlined)");
    }
    List<Area> regions = annotations.regions().stream().map(Area::new).toList();
    regions.forEach(region -> region.intersect(new Area(bounds)));
    return regions;
  }
}
