/**
 * Rasters in memory and the exact operations on them: resizing, the eight dihedral transforms,
 * cropping, distance transform, connected components, dilation.
 *
 * <p>All rasters are row-major with (0, 0) at the top left; the pixel (x, y) of a raster of width w
 * has index y·w + x. The package depends on nothing but the JDK and does no I/O, so that it can be
 * embedded by itself. All operations are pure functions: they leave their arguments as they are,
 * return new rasters and may be called from any thread.
 */
package io.semimoe.dataset.raster;
