/**
 * Fields of one size and scale, cut out of slides and outlined images to learn from.
 *
 * <p>{@link io.semimoe.dataset.field.FieldCut} first plans where the fields lie, which reads
 * headers and outlines only, and then writes them as a data set of {@link
 * io.semimoe.dataset.layout.DataSource.Folders}.
 */
package io.semimoe.dataset.field;
