/**
 * Image files in and out: photographs and masks in PNG, BMP, TIFF and JPEG, results as PNG.
 *
 * <p>Samples are taken from the decoded raster and never through {@code BufferedImage.getRGB},
 * which maps gray values through a gamma curve and so changes labels and intensities. Every failure
 * is a {@link io.semimoe.dataset.DataException} that names the file. The package knows nothing of
 * data set layouts; it may depend on {@code io.semimoe.dataset.raster}, {@code
 * io.semimoe.dataset.file} and ImageIO only.
 */
package io.semimoe.dataset.image;
