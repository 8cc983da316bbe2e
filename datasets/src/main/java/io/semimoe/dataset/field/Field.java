package io.semimoe.dataset.field;

import io.semimoe.dataset.layout.Role;
import java.awt.Rectangle;
import java.nio.file.Path;

/**
 * A field that was cut.
 *
 * @param name name of its image and of its mask, without extension
 * @param role what it is for
 * @param image the image that it was cut from
 * @param place where, in pixels of the image at full resolution, rounded
 * @param objects number of glands that are in it at least in part; 0 of unlabelled ones
 */
public record Field(String name, Role role, Path image, Rectangle place, int objects) {}
