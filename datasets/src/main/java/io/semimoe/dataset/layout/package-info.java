/**
 * Where the images of a data set lie and what each is for: folder layouts, split files, and the
 * check that everything can be read before training starts.
 *
 * <p>Must not depend on batches, augmentation or anything that trains.
 */
package io.semimoe.dataset.layout;
