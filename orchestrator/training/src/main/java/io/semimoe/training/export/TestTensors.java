package io.semimoe.training.export;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.synthetic.SyntheticGlands;
import io.semimoe.dataset.synthetic.SyntheticSettings;
import io.semimoe.training.artifact.InferenceModels;
import io.semimoe.training.loop.ExportedModels;
import io.semimoe.training.runtime.ModelRun;
import java.nio.file.Path;

/**
 * An image and what the model makes of it, so that whoever opens the model elsewhere can tell
 * whether it gives the same there. The image is generated: no image of the user leaves the run.
 *
 * @param input float32 [1, 3, S, S] as {@code .npy}: planes of red, green, blue, 0 to 255
 * @param output float32 [1, 2, S, S] as {@code .npy}: probabilities of background and foreground
 */
record TestTensors(Path input, Path output) {
  private static final int SEED = 1;
  private static final int LEAST = 64;
  private static final int MOST = 4096;

  /** Runs the static model on a generated image and writes both beside it. */
  static TestTensors write(ExportedModels models, int threads) throws DataException {
    int size = models.description().tileSize();
    float[] input = planes(image(size));
    long[] shape = {1, 3, size, size};
    float[] output =
        ModelRun.floats(
            models.fixed(), InferenceModels.INPUT, input, shape, InferenceModels.OUTPUT, threads);
    Path folder = models.fixed().toAbsolutePath().getParent();
    return new TestTensors(
        ExportFile.write(folder.resolve("test-input.npy"), NpyFile.bytes(input, shape)),
        ExportFile.write(
            folder.resolve("test-output.npy"),
            NpyFile.bytes(output, new long[] {1, 2, size, size})));
  }

  private static RgbImage image(int size) {
    int side = Math.min(MOST, Math.max(LEAST, size));
    RgbImage image = SyntheticGlands.generate(new SyntheticSettings(side, side, SEED), 0).image();
    return Resize.bilinear(image, size, size);
  }

  private static float[] planes(RgbImage image) {
    byte[] rgb = image.rgb();
    int pixels = rgb.length / 3;
    float[] planes = new float[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      planes[i % 3 * pixels + i / 3] = rgb[i] & 0xFF;
    }
    return planes;
  }
}
