package com.example;

import io.semimoe.dataset.slide.SlideFile;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.Progress;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.inference.object.ObjectOptions;
import io.semimoe.inference.object.ObjectSweep;
import java.nio.file.Path;

/** Prints the glands in an image that may be larger than the memory, as they are found. */
public final class ListGlandsOfSlide {
  public static void main(String[] args) throws Exception {
    SegmenterOptions tiles =
        SegmenterOptions.builder().prediction(ModelDescription.Prediction.TILES).build();
    try (Segmenter segmenter = Segmenter.open(Path.of(args[0]), tiles);
        SlideFile slide = SlideFile.open(Path.of(args[1]))) {
      ObjectSweep sweep =
          new ObjectSweep(
              slide.width(),
              segmenter.threshold(),
              ObjectOptions.forImage(slide.width(), slide.height(), slide.micronsPerPixel()),
              gland ->
                  System.out.println(
                      gland.area()
                          + " pixels around "
                          + gland.centroidX()
                          + ", "
                          + gland.centroidY()));
      segmenter.segment(
          slide.scaledSource(segmenter.scale(slide.micronsPerPixel())),
          slide.width(),
          slide.height(),
          row -> sweep.row(row.probability(), row.distance().orElseThrow()),
          Progress.NONE);
      sweep.finish();
    }
  }
}
