/**
 * From probabilities to objects: connected components with filled holes, touching objects cut
 * apart, each with its measures and its outline.
 *
 * <p>{@link io.semimoe.inference.object.SegmentedObjects} takes maps in memory, {@link
 * io.semimoe.inference.object.ObjectSweep} takes rows from top to bottom and holds no more than the
 * objects that cross the current row. Both give the same objects.
 *
 * <p>Coordinates: pixels, origin at the top left corner of the image, x to the right, y down. The
 * pixel (x, y) is the square [x, x+1] × [y, y+1]; its centre is (x + 0.5, y + 0.5). Centroids and
 * polygons use these coordinates alike.
 *
 * <p>Depends on the JDK and on {@code io.semimoe.dataset.raster} only; no files, no natives.
 */
package io.semimoe.inference.object;
