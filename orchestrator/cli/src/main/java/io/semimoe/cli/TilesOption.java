package io.semimoe.cli;

import io.semimoe.inference.Gates;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.SegmenterOptions;
import picocli.CommandLine.Option;

/** How an image is covered with tiles, in a group that {@code --tiles} opens. */
final class TilesOption {
  @Option(
      names = "--tiles",
      required = true,
      description =
          "Cover each image with overlapping tiles instead of resizing it to one, even if the"
              + " model was trained on whole images.")
  private boolean tiles;

  @Option(
      names = "--tile-size",
      paramLabel = "PIXELS",
      description =
          "With --tiles: side of a tile (default: the model's, at least "
              + SegmenterOptions.SMALLEST_TILE
              + ").")
  private Integer tileSize;

  @Option(
      names = "--overlap",
      paramLabel = "SHARE",
      description =
          "With --tiles: share of a tile that its neighbour covers too, 0 to 0.5 (default:"
              + " ${DEFAULT-VALUE}).")
  private double overlap = SegmenterOptions.DEFAULT.overlap();

  @Option(
      names = "--gates",
      paramLabel = "WHOSE",
      description =
          "With --tiles: fuse the experts with gate weights averaged over the image (image, the"
              + " default), or with each tile's own (tile).")
  private Gates gates = SegmenterOptions.DEFAULT.gates();

  /** Adds the tiles, if they are asked for, to the options. */
  void addTo(SegmenterOptions.Builder options) {
    if (tiles) {
      options.prediction(ModelDescription.Prediction.TILES).overlap(overlap).gates(gates);
    }
    if (tileSize != null) {
      options.tileSize(tileSize);
    }
  }
}
