package com.example;

import io.semimoe.inference.Segmentation;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.inference.object.SegmentedObject;
import java.io.File;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Prints the glands in an image; the arguments are an exported model and the image. */
public final class ListGlands {
  public static void main(String[] args) throws Exception {
    try (Segmenter segmenter = Segmenter.open(Path.of(args[0]), SegmenterOptions.DEFAULT)) {
      Segmentation result = segmenter.segment(ImageIO.read(new File(args[1])));
      System.out.println(result.mask().foregroundCount() + " pixels of glands");
      for (SegmentedObject gland : result.objects().objects()) {
        System.out.println(
            gland.area() + " pixels around " + gland.centroidX() + ", " + gland.centroidY());
      }
    }
  }
}
