package io.semimoe.cli;

import io.semimoe.cli.cut.FieldsConfiguration;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.field.Field;
import io.semimoe.dataset.field.FieldCut;
import io.semimoe.dataset.field.FieldCut.CutImage;
import io.semimoe.dataset.field.FieldSettings;
import io.semimoe.dataset.layout.Role;
import io.semimoe.training.configuration.ConfigurationLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what {@code cut} has cut, on the console and to a training. */
final class CutReport implements FieldCut.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(CutReport.class);

  /** How much larger a pixel is that is worth a warning. */
  private static final double ENLARGED = 1.1;

  private final Path output;
  private final FieldSettings settings;
  private final List<String> warnings = new ArrayList<>();
  private List<CutImage> all = List.of();

  /**
   * Prepares a report.
   *
   * @param output where the folder of the fields will be
   */
  CutReport(Path output, FieldSettings settings) {
    this.output = output;
    this.settings = settings;
  }

  @Override
  public void unused(String classes) {
    warn(
        "The outlines of other classes count as background: %s; are their names right (--class,"
                .formatted(classes)
            + " --region, Ignore*)?");
  }

  @Override
  public void done(CutImage image) {
    long outlined = image.fields().stream().filter(field -> field.role().needsMask()).count();
    LOG.info(
        "{}: {} {}, {} unlabelled",
        image.image().file(),
        outlined,
        image.image().role().text(),
        image.fields().size() - outlined);
    warnings(image).forEach(LOG::warn);
  }

  /** Tells of something that may not be meant so, here and in the end to programs. */
  void warn(String warning) {
    LOG.warn(warning);
    warnings.add(warning);
  }

  private List<String> warnings(CutImage image) {
    List<String> found = new ArrayList<>();
    if (settings.micronsPerPixel().isPresent()
        && image.micronsPerPixel().orElseThrow()
            > ENLARGED * settings.micronsPerPixel().getAsDouble()) {
      found.add(
          image.image().file()
              + ": enlarged, since its pixels are larger than those of the fields");
    }
    if (image.barren() > 0) {
      found.add(
          image.image().outlines().orElse(image.image().file())
              + ": "
              + image.barren()
              + " regions have no room for a field; cut smaller ones (--size) or draw larger"
              + " regions");
    }
    return found;
  }

  @Override
  public void complete(Path folder, List<CutImage> images) throws DataException {
    FieldsConfiguration.write(folder, output, images, settings);
    all = List.copyOf(images);
    // They were told when their image was done, which was in any order.
    all.forEach(image -> warnings.addAll(warnings(image)));
    warnOfPixelSizes();
  }

  /** Slides of several pixel sizes that are not scaled show tissue at several sizes. */
  private void warnOfPixelSizes() {
    DoubleSummaryStatistics sizes =
        all.stream().flatMapToDouble(image -> image.micronsPerPixel().stream()).summaryStatistics();
    if (settings.size().isPresent()
        && settings.micronsPerPixel().isEmpty()
        && sizes.getCount() > 0
        && sizes.getMax() > ENLARGED * sizes.getMin()) {
      warn(
          "The images have pixels of %s to %s µm, and fields keep them; --microns-per-pixel scales them to one size"
              .formatted(sizes.getMin(), sizes.getMax()));
    }
  }

  /** The fields of one role, and the glands outlined in their images and in others for it. */
  private record OfRole(Role role, List<Field> fields, List<CutImage> outlined) {
    long images() {
      return fields.stream().map(Field::image).distinct().count();
    }

    int glands() {
      return outlined.stream().mapToInt(CutImage::glands).sum();
    }

    int outlinedGlands() {
      return outlined.stream().mapToInt(CutImage::outlinedGlands).sum();
    }
  }

  private List<OfRole> roles() {
    List<Field> fields = all.stream().flatMap(image -> image.fields().stream()).toList();
    return Stream.of(Role.values())
        .map(
            role ->
                new OfRole(
                    role,
                    fields.stream().filter(field -> field.role() == role).toList(),
                    all.stream().filter(image -> image.image().role() == role).toList()))
        .toList();
  }

  private boolean has(Role role) {
    return roles().stream().anyMatch(of -> of.role() == role && !of.fields().isEmpty());
  }

  /** Returns what there is for programs. */
  Map<String, Object> tree() {
    List<Map<String, Object>> roles = new ArrayList<>();
    for (OfRole of : roles()) {
      Map<String, Object> role = new LinkedHashMap<>();
      role.put("role", of.role().text());
      role.put("fields", of.fields().size());
      role.put("images", of.images());
      if (of.role().needsMask()) {
        role.put("glands", of.glands());
        role.put("outlinedGlands", of.outlinedGlands());
      }
      roles.add(role);
    }
    List<Map<String, Object>> images = new ArrayList<>();
    for (CutImage image : all) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("image", image.image().file().toString());
      image.image().outlines().ifPresent(file -> tree.put("outlines", file.toString()));
      image.micronsPerPixel().ifPresent(size -> tree.put("micronsPerPixel", size));
      tree.put("fields", image.fields().size());
      tree.put("glands", image.glands());
      tree.put("outlinedGlands", image.outlinedGlands());
      tree.put("regionsWithoutField", image.barren());
      images.add(tree);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("output", output.toString());
    tree.put("configuration", output.resolve(FieldsConfiguration.FILE).toString());
    tree.put("roles", roles);
    tree.put("images", images);
    tree.put("warnings", warnings);
    return tree;
  }

  /** Prints how many fields there are of each role, and the command that trains on them. */
  void print(PrintWriter out, PrintWriter err) {
    for (OfRole of : roles()) {
      if (of.fields().isEmpty()) {
        continue;
      }
      out.printf(
          "%-10s  %5d fields of %d images", of.role().text(), of.fields().size(), of.images());
      if (of.role().needsMask()) {
        out.printf(", %d of %d glands", of.glands(), of.outlinedGlands());
      }
      out.println();
    }
    if (!has(Role.LABELLED)) {
      err.println("There is no labelled field to train on.");
      return;
    }
    List<Object> train =
        new ArrayList<>(
            List.of(
                "train",
                "--preset",
                ConfigurationLoader.DEFAULT_PRESET,
                "--config",
                output.resolve(FieldsConfiguration.FILE)));
    if (!has(Role.UNLABELLED)) {
      train.addAll(List.of("--set", "supervisedOnly=true"));
    }
    train.addAll(List.of("-o", "RUN"));
    out.println("Train on them: " + Launcher.command(train.toArray()));
  }
}
