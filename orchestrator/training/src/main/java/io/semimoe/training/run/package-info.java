/**
 * What a training leaves on disk: the run folder, where it came from, its metrics as text, as
 * TensorBoard events and as a picture.
 *
 * <p>Hears the training loop through its listener; must not depend on how it trains.
 */
package io.semimoe.training.run;
