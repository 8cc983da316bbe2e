/**
 * Outlines that people have drawn, as viewers of slides export them, and the label maps that they
 * make.
 *
 * <p>May depend on {@code io.semimoe.dataset.raster} and {@code io.semimoe.dataset.file}, and is
 * the only package of this module that reads JSON.
 */
package io.semimoe.dataset.outline;
