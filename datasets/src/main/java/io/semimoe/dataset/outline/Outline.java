package io.semimoe.dataset.outline;

import static java.util.Objects.requireNonNull;

import java.awt.Shape;
import java.text.Normalizer;
import java.util.Optional;

/**
 * An area that someone has outlined in an image.
 *
 * @param shape the area, in pixels of the image at its full resolution: (0, 0) is the corner of the
 *     top left pixel, whose centre is (0.5, 0.5). Not to be changed
 * @param className what it is an outline of, where it says so; {@linkplain #composed composed}
 */
public record Outline(Shape shape, Optional<String> className) {
  /** Checks that both are given, and composes the name. */
  public Outline {
    requireNonNull(shape);
    className = className.map(Outline::composed);
  }

  /** Returns the name of a class in Unicode composed form (NFC), as outlines have them. */
  public static String composed(String className) {
    return Normalizer.normalize(className, Normalizer.Form.NFC);
  }
}
