package io.semimoe.dataset.field;

import com.google.common.primitives.Ints;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes fields; several threads may do so at once. */
final class FieldWriter {
  private final FieldSettings settings;
  private final Path folder;

  /**
   * A field that was written.
   *
   * @param glands the numbers, in the image, of the glands that are in it at least in part
   */
  record Written(Field field, List<Integer> glands) {}

  FieldWriter(FieldSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** Writes a field and its mask. */
  Written outlined(FieldPlan plan, Rectangle place, RgbImage pixels) throws DataException {
    Role role = plan.image().role();
    String name = name(plan, place);
    LabelMap numbers = plan.glands().labels(place);
    LabelMap mask = numbers.renumbered();
    PngFiles.writeRgb(file(role, FieldCut.IMAGES, name), pixels);
    PngFiles.writeLabels(file(role, FieldCut.MASKS, name), mask);
    List<Integer> glands = Ints.asList(numbers.distinctLabels());
    return new Written(
        new Field(name, role, plan.image().file(), plan.scale().inImage(place), glands.size()),
        glands);
  }

  /** Writes a field without a mask. */
  Written unlabelled(FieldPlan plan, Rectangle place, RgbImage pixels) throws DataException {
    String name = name(plan, place);
    PngFiles.writeRgb(file(Role.UNLABELLED, FieldCut.IMAGES, name), pixels);
    return new Written(
        new Field(name, Role.UNLABELLED, plan.image().file(), plan.scale().inImage(place), 0),
        List.of());
  }

  private String name(FieldPlan plan, Rectangle place) {
    if (settings.size().isEmpty()) {
      return plan.image().name();
    }
    Rectangle inImage = plan.scale().inImage(place);
    return plan.image().name() + "_x" + inImage.x + "_y" + inImage.y;
  }

  private Path file(Role role, String kind, String name) throws DataException {
    Path kindFolder = folder.resolve(role.text()).resolve(kind);
    try {
      Files.createDirectories(kindFolder);
    } catch (IOException e) {
      throw FileFailure.unwritable(kindFolder, e);
    }
    return kindFolder.resolve(name + ".png");
  }
}
