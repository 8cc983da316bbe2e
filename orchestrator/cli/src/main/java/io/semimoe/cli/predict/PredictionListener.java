package io.semimoe.cli.predict;

import io.semimoe.inference.Progress;
import java.nio.file.Path;

/** Hears what becomes of images while several are predicted; told by several threads at once. */
public interface PredictionListener {
  /** An image was predicted; told in the order of the images, as are those that failed. */
  void predicted(Predicted result);

  /**
   * An image could not be used.
   *
   * @param reason names the image, what was expected and what was found
   */
  void failed(Path image, String reason);

  /** An image brought a defect of this program to light. */
  void defect(Path image, RuntimeException defect);

  /** Something about an image is not as it was asked for; it is predicted nevertheless. */
  void warned(Path image, String message);

  /**
   * The number of images that are done, bad ones included.
   *
   * @param done so many of them
   */
  void imagesDone(int done);

  /** What the tiles of the next image are told to. */
  Progress ofImage();
}
