package io.semimoe.dataset.field;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import io.semimoe.dataset.slide.SlideFile;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes the fields of one image after another. */
final class FieldWriter {
  private final FieldSettings settings;
  private final Path folder;

  FieldWriter(FieldSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /**
   * Writes the fields of one image; returns the outlined ones before the others, by their place.
   */
  List<Field> write(FieldPlan plan) throws DataException {
    List<Field> fields = new ArrayList<>();
    try (SlideFile slide = SlideFile.open(plan.image().file())) {
      RgbSource source = slide.scaledSource(plan.scale().factor());
      for (Rectangle place : plan.outlined()) {
        fields.add(outlined(plan, place, read(source, place)));
      }
      fields.addAll(unlabelled(plan, source));
    }
    return fields;
  }

  private Field outlined(FieldPlan plan, Rectangle place, RgbImage pixels) throws DataException {
    Role role = plan.image().role();
    String name = name(plan, place);
    LabelMap mask = plan.glands().labels(place).renumbered();
    PngFiles.writeRgb(file(role, FieldCut.IMAGES, name), pixels);
    PngFiles.writeLabels(file(role, FieldCut.MASKS, name), mask);
    return new Field(name, role, plan.image().file(), plan.scale().inImage(place), mask.maxLabel());
  }

  private List<Field> unlabelled(FieldPlan plan, RgbSource source) throws DataException {
    FreeFields candidates = plan.candidates();
    // By name, so that the choice does not depend on the other images.
    int[] order =
        SeededRandom.of(settings.seed(), "unlabelled fields of " + plan.image().name())
            .permutation(candidates.count());
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < order.length && fields.size() < settings.unlabelled(); i++) {
      Optional<Rectangle> place = candidates.at(order[i]);
      if (place.isPresent()) {
        RgbImage pixels = read(source, place.get());
        if (settings.size().isEmpty() || Tissue.share(pixels) >= settings.tissue()) {
          fields.add(unlabelled(plan, place.get(), pixels));
        }
      }
    }
    fields.sort(
        Comparator.comparingInt((Field field) -> field.place().y)
            .thenComparingInt(field -> field.place().x));
    return fields;
  }

  private Field unlabelled(FieldPlan plan, Rectangle place, RgbImage pixels) throws DataException {
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

  private static RgbImage read(RgbSource source, Rectangle place) throws DataException {
    try {
      return source.region(place.x, place.y, place.width, place.height);
    } catch (IOException e) {
      if (e.getCause() instanceof DataException cause) {
        throw cause;
      }
      throw new UncheckedIOException(e);
    }
  }
}
