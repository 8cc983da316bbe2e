package io.semimoe.inference.object;

import java.util.List;
import java.util.Objects;

/**
 * A polygon with holes, exactly the pixels it was made from.
 *
 * <p>Orientation as RFC 7946 (GeoJSON) wants it, with the coordinates taken as they are: the outer
 * ring has a positive {@link Ring#signedArea}, holes a negative one. Counter-clockwise where y
 * points up, which on a screen, where y points down, looks clockwise. Holes may touch the outer
 * ring or each other in single points, as the OGC's simple features allow; rings never cross or
 * share an edge, and the inside is connected.
 *
 * @param outer outer ring
 * @param holes rings of the holes, by their first points in reading order
 */
public record Polygon(Ring outer, List<Ring> holes) {

  /** Copies the list. */
  public Polygon {
    Objects.requireNonNull(outer, "outer");
    holes = List.copyOf(holes);
  }
}
