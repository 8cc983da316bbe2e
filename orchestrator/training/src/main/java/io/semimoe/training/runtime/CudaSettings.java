package io.semimoe.training.runtime;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How a training session uses an NVIDIA GPU.
 *
 * @param device number of the GPU, from 0
 * @param tf32 whether the factors of convolutions and matrix products may be rounded to
 *     TensorFloat-32 (10 bits of mantissa): faster, less exact
 * @param exhaustiveSearch whether the algorithms of a convolution's gradients are timed in the
 *     first iteration and those of its forward pass ranked by cuDNN's heuristics of mode B; if not,
 *     cuDNN ranks all of them, those of the forward pass by mode A
 */
public record CudaSettings(int device, boolean tf32, boolean exhaustiveSearch) {

  /** Checks the number. */
  public CudaSettings {
    checkArgument(device >= 0, "device: expected 0 or more, got %s", device);
  }
}
