/**
 * Random changes of training images that keep image and mask aligned.
 *
 * <p>Depends on rasters and seeded random numbers only.
 */
package io.semimoe.dataset.augment;
