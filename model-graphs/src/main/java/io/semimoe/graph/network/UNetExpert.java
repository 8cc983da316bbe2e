package io.semimoe.graph.network;

import static io.semimoe.graph.Operators.concat;
import static io.semimoe.graph.Operators.maxPool;

import io.semimoe.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A U-Net expert without its head: five encoder levels of two blocks with max-pooling between them,
 * four decoder levels of upsampling, block, concatenation with the skip connection and two blocks.
 */
final class UNetExpert {
  private UNetExpert() {}

  /** Returns the last feature map F [N, w, H, W] of the expert for an image [N, 3, H, W]. */
  static Value features(Value image, Task task, int width, Phase phase) {
    List<Value> skips = new ArrayList<>();
    Value x = image;
    for (int level = 0; level < NetworkSpec.LEVELS; level++) {
      Value input = level == 0 ? x : maxPool(x);
      x = ConvBlock.twice(input, task.text() + ".encoder." + level, width << level, phase);
      skips.add(x);
    }
    for (int level = NetworkSpec.LEVELS - 2; level >= 0; level--) {
      String name = task.text() + ".decoder." + level;
      Value up = ConvBlock.upsampled(x, name + ".up", width << level, phase);
      x = ConvBlock.twice(concat(1, List.of(skips.get(level), up)), name, width << level, phase);
    }
    return x;
  }
}
