package io.semimoe.dataset.outline;

import io.semimoe.dataset.raster.LabelMap;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;

/** The shapes outlined in an image, from which label maps of parts of it are made. */
public final class OutlineMap {
  /** The shapes from the largest to the smallest bounding box. */
  private final List<Boxed> shapes;

  /** A shape and its bounding box, which it would compute from all its corners each time. */
  private record Boxed(Shape shape, Rectangle2D box) {
    double area() {
      return box.getWidth() * box.getHeight();
    }
  }

  /**
   * Takes the shapes of an image.
   *
   * @param shapes in pixels of the image; nobody may change them any more
   */
  public OutlineMap(List<Shape> shapes) {
    this.shapes =
        shapes.stream()
            .map(shape -> new Boxed(shape, shape.getBounds2D()))
            .sorted(Comparator.comparingDouble(Boxed::area).reversed())
            .toList();
  }

  /** Number of shapes. */
  public int count() {
    return shapes.size();
  }

  /**
   * Returns the pixels of a rectangle by the shape that holds their centre. What lies in an even
   * number of a shape's rings is outside of it; a centre on a side counts to what is right of it or
   * below. Where shapes overlap, the one with the smaller bounding box wins, so that what was
   * outlined inside another stays.
   *
   * @param place the rectangle, in pixels of the image
   * @return 0 where there is no shape, else the number of the shape, the same in all parts of the
   *     image: 1, 2, ... from the largest to the smallest bounding box of all
   */
  public LabelMap labels(Rectangle place) {
    ScanLines lines = new ScanLines(place);
    int number = 0;
    for (Boxed boxed : shapes) {
      number++;
      if (boxed.box().intersects(place)) {
        lines.fill(boxed.shape(), number);
      }
    }
    return lines.labels();
  }
}
