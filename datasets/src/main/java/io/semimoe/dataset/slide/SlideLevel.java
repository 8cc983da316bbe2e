package io.semimoe.dataset.slide;

/**
 * One resolution of a slide.
 *
 * @param width number of columns
 * @param height number of rows
 * @param downsample how many pixels of the full resolution one pixel covers in each direction; 1
 *     for level 0
 */
public record SlideLevel(int width, int height, double downsample) {}
