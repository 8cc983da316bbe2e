package io.semimoe.cli;

import io.semimoe.cli.images.Glob;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.layout.FileLayout;
import io.semimoe.dataset.layout.ResizedCopy;
import io.semimoe.training.configuration.DataSettings;
import io.semimoe.training.configuration.NetworkSettings;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code resize}: copies a data set at the size it is trained at. */
@Command(
    name = "resize",
    description = {
      "Copies a data set with its images at the size of the training, as PNG.",
      "A training at that size gets the same numbers from the copy."
    })
final class ResizeCommand extends SemiMoeCommand {
  private static final double MEGABYTE = 1e6;

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data set.")
  private Path data;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      defaultValue = "glas",
      description = "How its files lie: glas, crag or paper (default: ${DEFAULT-VALUE}).")
  private DataSettings.Layout layout;

  @Option(
      names = "--size",
      required = true,
      paramLabel = "N",
      description = "Height and width of the copies in pixels: network.size of the training.")
  private int size;

  @Option(
      names = "--keep",
      paramLabel = "GLOB",
      description =
          "Copy images and masks unchanged whose name, folder, or path in the data set, or an end of"
              + " it, matches, such as 'test*'; may be repeated.")
  private List<Glob> keep = List.of();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Folder of the copy; made if missing.")
  private Path output;

  @Override
  public Integer call() throws DataException {
    NetworkSettings.requireSize(size);
    FileLayout files = fileLayout();
    if (absolute(output).startsWith(absolute(data))
        || absolute(data).startsWith(absolute(output))) {
      throw usage(
          "--output: expected a folder apart from the data set "
              + data
              + ", found one in the other; choose another place");
    }
    if (NewFolder.isUsed(output)) {
      throw usage(output + " is not empty; choose another --output");
    }
    ResizedCopy.Settings settings =
        new ResizedCopy.Settings(data, files, size, List.copyOf(keep), output);
    List<PathMatcher> unmatched = ResizedCopy.unmatched(settings);
    if (!unmatched.isEmpty()) {
      throw usage(
          "--keep: expected a pattern that matches images or masks, found none for "
              + keep.get(keep.indexOf(unmatched.get(0))).text());
    }
    ResizedCopy.Summary summary =
        ResizedCopy.write(settings, Runtime.getRuntime().availableProcessors());
    out()
        .printf(
            "%d images, %d masks: %d×%d pixels%n", summary.images(), summary.masks(), size, size);
    out().printf("%d images and masks: unchanged%n", summary.kept());
    out().printf("%d other files: unchanged%n", summary.others());
    if (summary.leftOut() > 0) {
      out().printf("%d images in other places: left out%n", summary.leftOut());
    }
    out()
        .printf(
            Locale.ROOT,
            "%.1f MB -> %.1f MB: %s%n",
            summary.bytesBefore() / MEGABYTE,
            summary.bytesAfter() / MEGABYTE,
            output);
    return ExitCodes.OK;
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private FileLayout fileLayout() {
    return switch (layout) {
      case GLAS -> FileLayout.GLAS;
      case CRAG -> FileLayout.CRAG;
      case PAPER -> FileLayout.PAPER;
      case FOLDERS ->
          throw usage(
              "--layout: expected glas, crag or paper, found folders, whose images may lie anywhere;"
                  + " lay them out as in train_sup_N/image, train_sup_N/mask, train_unsup_M/image"
                  + " and resize them with --layout paper");
      case SYNTHETIC ->
          throw usage(
              "--layout: expected glas, crag or paper, found synthetic, whose images are generated"
                  + " at any size; set data.synthetic for the training instead");
    };
  }
}
