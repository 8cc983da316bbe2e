package io.semimoe.dataset.field;

import java.awt.Rectangle;
import java.awt.geom.Area;
import java.util.List;
import java.util.Optional;

/**
 * Fields side by side in an image, from its top left corner, that are free of some areas. Only
 * their number is kept: slides have a great many.
 *
 * @param columns fields in a row
 * @param rows rows of fields
 * @param width width of a field in pixels
 * @param height its height
 * @param taken areas that no field may touch
 */
record FreeFields(int columns, int rows, int width, int height, List<Area> taken) {
  /** Those of {@code size} pixels that are wholly in the image. */
  static FreeFields of(Rectangle image, int size, List<Area> taken) {
    return new FreeFields(image.width / size, image.height / size, size, size, taken);
  }

  /** The whole image. */
  static FreeFields whole(Rectangle image) {
    return new FreeFields(1, 1, image.width, image.height, List.of());
  }

  /** None at all. */
  static FreeFields none() {
    return new FreeFields(0, 0, 1, 1, List.of());
  }

  /** Number of places, free or not. */
  int count() {
    return Math.multiplyExact(columns, rows);
  }

  /** Returns the field at a place, from 0 on in reading order, if it is free. */
  Optional<Rectangle> at(int index) {
    Rectangle field =
        new Rectangle(index % columns * width, index / columns * height, width, height);
    return taken.stream().anyMatch(area -> area.intersects(field))
        ? Optional.empty()
        : Optional.of(field);
  }
}
