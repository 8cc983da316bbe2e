package io.semimoe.dataset.field;

import com.google.common.collect.TreeMultiset;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.concurrent.ParallelMap;
import io.semimoe.dataset.field.ImageFields.Outcome;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.folder.PendingFolder;
import io.semimoe.dataset.layout.Problems;
import io.semimoe.dataset.outline.Outline;
import io.semimoe.dataset.outline.OutlineFile;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Cuts fields out of slides and outlined images, as a data set to train on.
 *
 * <p>Where all glands are outlined, fields get an instance map, a number for each gland; elsewhere,
 * fields that show tissue are unlabelled. Written are the folders {@code ROLE/images} and, but for
 * unlabelled ones, {@code ROLE/masks}, ROLE being labelled, unlabelled, validation or test, with a
 * PNG for each field, and {@code fields.csv}, which tells where each comes from.
 */
public final class FieldCut {
  /** The list of the fields. */
  public static final String LIST = "fields.csv";

  /** The folder of the images, in that of a role. */
  public static final String IMAGES = "images";

  /** The folder of the masks, likewise. */
  public static final String MASKS = "masks";

  /**
   * What was cut from one image.
   *
   * @param image the image
   * @param fields its fields
   * @param glands number of glands that are in its outlined fields, each counted once
   * @param outlinedGlands number of glands that are outlined in it
   * @param barren number of regions, or of images all outlined, that had no room for a field
   * @param micronsPerPixel side of a pixel of the image in µm, where it is known
   */
  public record CutImage(
      FieldImage image,
      List<Field> fields,
      int glands,
      int outlinedGlands,
      int barren,
      OptionalDouble micronsPerPixel) {}

  /** Hears of the work. */
  public interface Listener {
    /**
     * Some outlines are neither glands nor regions nor to be kept out of, so that what they are
     * around counts as background; called before the work.
     *
     * @param classes how many there are of which class, in words
     */
    void unused(String classes);

    /** An image is done; called from any thread. */
    void done(CutImage image);

    /**
     * All images are done; what is written into the folder now appears with it.
     *
     * @param folder the folder, not at its place yet
     * @throws DataException if the folder is not to appear
     */
    void complete(Path folder, List<CutImage> images) throws DataException;
  }

  private FieldCut() {}

  /**
   * Cuts fields. Whether the folder can be written is seen first; then all outlines and headers are
   * looked at, so that what is wrong with them is told before the work begins.
   *
   * @param images the images, with different names
   * @param target the folder to write, which does not exist yet or is empty; it {@linkplain
   *     PendingFolder appears whole or not at all}
   * @param threads how many fields to work on at a time, at least 1: of one image each, or of fewer
   *     images several where there are fewer
   * @param listener hears of the work
   * @return what was cut, in the order of the images
   * @throws DataException if images or outlines cannot be read or used, all of which are named; or
   *     if the classes of the outlines leave open which are glands, there is no field, or the
   *     folder is taken or cannot be written
   */
  public static List<CutImage> write(
      List<FieldImage> images, FieldSettings settings, Path target, int threads, Listener listener)
      throws DataException {
    try (PendingFolder folder = PendingFolder.of(target)) {
      List<FieldPlan> plans = plans(images, settings, listener);
      FieldWriter writer = new FieldWriter(settings, folder.path());
      int atOnce = Math.max(1, Math.min(threads, plans.size()));
      List<Outcome> outcomes =
          ParallelMap.apply(
              plans,
              atOnce,
              plan -> plan.image().file(),
              plan -> {
                Outcome outcome = new ImageFields(plan, settings, writer, threads / atOnce).cut();
                outcome.cut().ifPresent(listener::done);
                return outcome;
              });
      Problems problems = new Problems();
      outcomes.forEach(outcome -> outcome.problem().ifPresent(problems::add));
      problems.throwIfAny();
      List<CutImage> done = outcomes.stream().flatMap(outcome -> outcome.cut().stream()).toList();
      if (done.stream().allMatch(cut -> cut.fields().isEmpty())) {
        throw new DataException(
            "expected images with room for a field and tissue in it, found none; cut smaller fields"
                + " (--size) or take some with less tissue (--tissue)");
      }
      Files.writeString(folder.path().resolve(LIST), list(done));
      listener.complete(folder.path(), done);
      folder.publish();
      return done;
    } catch (IOException e) {
      throw FileFailure.unwritable(target, e);
    }
  }

  private static List<FieldPlan> plans(
      List<FieldImage> images, FieldSettings settings, Listener listener) throws DataException {
    Problems problems = new Problems();
    Map<FieldImage, List<Outline>> outlines = new LinkedHashMap<>();
    for (FieldImage image : images) {
      try {
        outlines.put(
            image,
            image.outlines().isPresent() ? OutlineFile.read(image.outlines().get()) : List.of());
      } catch (DataException e) {
        problems.add(e.getMessage());
      }
    }
    problems.throwIfAny();
    checkClasses(outlines, settings, listener);
    List<FieldPlan> plans = new ArrayList<>();
    for (Map.Entry<FieldImage, List<Outline>> image : outlines.entrySet()) {
      try {
        plans.add(FieldPlan.of(image.getKey(), image.getValue(), settings));
      } catch (DataException e) {
        problems.add(e.getMessage());
      }
    }
    problems.throwIfAny();
    return plans;
  }

  private static void checkClasses(
      Map<FieldImage, List<Outline>> outlines, FieldSettings settings, Listener listener)
      throws DataException {
    TreeMultiset<String> found = TreeMultiset.create();
    TreeMultiset<String> glands = TreeMultiset.create();
    TreeMultiset<String> unused = TreeMultiset.create();
    for (List<Outline> ofImage : outlines.values()) {
      for (Outline outline : ofImage) {
        String name = Annotations.name(outline);
        found.add(name);
        if (Annotations.isGland(outline, settings)) {
          glands.add(name);
        } else if (!name.equals(settings.regionClass()) && !name.equals(Annotations.IGNORED)) {
          unused.add(name);
        }
      }
    }
    if (settings.classes().isEmpty() && glands.elementSet().size() > 1) {
      throw new DataException(
          "expected outlines of one class, found "
              + counts(glands)
              + "; say which of them are glands (--class, with an empty name for those without one)");
    }
    for (String name : settings.classes()) {
      if (!found.contains(name)) {
        throw new DataException(
            "expected outlines of class '"
                + name
                + "', found "
                + (found.isEmpty() ? "no outlines" : counts(found))
                + "; correct the name (--class)");
      }
    }
    if (!unused.isEmpty()) {
      listener.unused(counts(unused));
    }
  }

  private static String counts(TreeMultiset<String> names) {
    return names.entrySet().stream()
        .map(
            entry ->
                entry.getCount()
                    + (entry.getElement().isEmpty()
                        ? " without class"
                        : " of class " + entry.getElement()))
        .collect(Collectors.joining(", "));
  }

  private static String list(List<CutImage> images) {
    StringBuilder csv = new StringBuilder("name,role,image,x,y,width,height,glands\n");
    for (CutImage image : images) {
      for (Field field : image.fields()) {
        Rectangle place = field.place();
        csv.append(quoted(field.name()))
            .append(',')
            .append(field.role().text())
            .append(',')
            .append(quoted(field.image().toString()))
            .append(',');
        csv.append(place.x).append(',').append(place.y).append(',');
        csv.append(place.width).append(',').append(place.height).append(',');
        csv.append(field.role().needsMask() ? field.objects() : "").append('\n');
      }
    }
    return csv.toString();
  }

  /** Quotes as RFC 4180 does. */
  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
