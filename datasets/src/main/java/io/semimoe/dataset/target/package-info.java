/**
 * Training targets made from an instance map or a mask, after augmentation and resizing: the signed
 * distance field and the boundary. Depends on {@code io.semimoe.dataset.raster} only.
 */
package io.semimoe.dataset.target;
