package io.semimoe.dataset.field;

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

/** Writes fields; several threads may do so at once. */
final class FieldWriter {
  private final FieldSettings settings;
  private final Path folder;

  FieldWriter(FieldSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** Writes a field, and its mask, of which no pixel is missing in the image. */
  Field outlined(FieldPlan plan, Rectangle place, RgbImage pixels) throws DataException {
    Role role = plan.image().role();
    String name = name(plan, place);
    LabelMap mask = plan.glands().labels(place).renumbered();
    PngFiles.writeRgb(file(role, FieldCut.IMAGES, name), pixels);
    PngFiles.writeLabels(file(role, FieldCut.MASKS, name), mask);
    return new Field(name, role, plan.image().file(), plan.scale().inImage(place), mask.maxLabel());
  }

  /** Writes a field without a mask. */
  Field unlabelled(FieldPlan plan, Rectangle place, RgbImage pixels) throws DataException {
    String name = name(plan, place);
    PngFiles.writeRgb(file(Role.UNLABELLED, FieldCut.IMAGES, name), pixels);
    return new Field(name, Role.UNLABELLED, plan.image().file(), plan.scale().inImage(place), 0);
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
      throw new DataException(kindFolder, "cannot be written: " + FileFailure.reason(e), e);
    }
    return kindFolder.resolve(name + ".png");
  }
}
