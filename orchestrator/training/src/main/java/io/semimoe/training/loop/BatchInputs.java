package io.semimoe.training.loop;

import io.semimoe.dataset.batch.Batch;

/**
 * A labelled or an unlabelled batch as the network is fed with it. The arrays are not copied.
 *
 * @param image normalised images, [N, 3, H, W]
 * @param mask masks, [N, 1, H, W]; empty for an unlabelled batch, as are the next two
 * @param field signed distance fields, [N, 1, H, W]
 * @param boundary boundaries, [N, 1, H, W]
 * @param dropout factors of the gates' hidden units, [N, 3 · 3w/2, 1, 1]; empty without dropout
 */
@SuppressWarnings("ArrayRecordComponent")
public record BatchInputs(
    float[] image, float[] mask, float[] field, float[] boundary, float[] dropout) {

  /** Returns the inputs of a batch. */
  static BatchInputs of(Batch batch, float[] dropout) {
    return new BatchInputs(batch.image(), batch.mask(), batch.sdf(), batch.boundary(), dropout);
  }
}
