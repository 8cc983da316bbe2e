/**
 * Images of any size in files: read a rectangle at a time, written a band of rows at a time.
 *
 * <p>The package knows the container of TIFF and BigTIFF (directories, tiles, strips, pyramids);
 * what is inside a tile is decoded by {@code io.semimoe.dataset.image}, so that colours come out
 * the same whichever way a file is read. It may depend on that package, on {@code
 * io.semimoe.dataset.raster}, on {@code io.semimoe.dataset.file} and on the JDK. Every failure is a
 * {@link io.semimoe.dataset.DataException} that names the file.
 */
package io.semimoe.dataset.slide;
