package io.semimoe.dataset.field;

import com.google.common.collect.Iterators;
import com.google.common.collect.Lists;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.concurrent.ParallelMap;
import io.semimoe.dataset.field.FieldCut.CutImage;
import io.semimoe.dataset.field.FieldWriter.Written;
import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import io.semimoe.dataset.slide.SlideFile;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Cuts the fields of one image, several at a time. What it cuts does not depend on how many.
 *
 * @param plan where they lie
 * @param writer writes them
 * @param threads how many to read and write at a time
 */
record ImageFields(FieldPlan plan, FieldSettings settings, FieldWriter writer, int threads) {
  /** Places of damage that are told; who sees so many looks at the image. */
  private static final int PLACES_SHOWN = 20;

  /** What came of an image: its fields, or what is wrong with it. */
  record Outcome(Optional<CutImage> cut, Optional<String> problem) {
    private static Outcome of(CutImage cut) {
      return new Outcome(Optional.of(cut), Optional.empty());
    }

    private static Outcome of(String problem) {
      return new Outcome(Optional.empty(), Optional.of(problem));
    }
  }

  /** What came of one place: a field, or damage, or nothing where there is no tissue. */
  private record Attempt(
      Rectangle place, Optional<Written> written, Optional<DataException> damage) {}

  @FunctionalInterface
  private interface Writing {
    Writing NOTHING = (place, pixels) -> Optional.empty();

    Optional<Written> write(Rectangle place, RgbImage pixels) throws DataException;
  }

  /**
   * Cuts the outlined fields, in the order of the plan, and then the others, sorted by their place.
   * All of them are tried, also after damage, so that it is told at once.
   *
   * @throws DataException if the image cannot be opened any more, a field cannot be written, or the
   *     memory does not suffice
   */
  Outcome cut() throws DataException {
    List<Attempt> attempts = new ArrayList<>();
    try (SlideFile slide = SlideFile.open(plan.image().file())) {
      RgbSource source = slide.scaledSource(plan.scale().factor());
      if (!slide.readsInPlace() && !plan.isEmpty()) {
        // Decodes all of it, so that damage is found once and not in each field.
        Optional<DataException> damage =
            attempt(source, new Rectangle(1, 1), Writing.NOTHING).damage();
        if (damage.isPresent()) {
          return Outcome.of(damage.get().getMessage());
        }
      }
      attempts.addAll(attempts(source, plan.outlined(), this::outlined));
      attempts.addAll(unlabelled(source));
    }
    List<Attempt> damaged = damaged(attempts);
    if (!damaged.isEmpty()) {
      return Outcome.of(problem(damaged));
    }
    List<Written> written =
        attempts.stream().flatMap(attempt -> attempt.written().stream()).toList();
    return Outcome.of(
        new CutImage(
            plan.image(),
            written.stream().map(Written::field).toList(),
            (int) written.stream().flatMap(field -> field.glands().stream()).distinct().count(),
            plan.glands().count(),
            plan.barren(),
            plan.scale().micronsPerPixel()));
  }

  /**
   * Takes places in a random order until there are enough fields, to which damaged ones count. As
   * many are read at a time as are missing: so none is read in vain.
   */
  private List<Attempt> unlabelled(RgbSource source) throws DataException {
    FreeFields candidates = plan.candidates();
    // By name, so that the choice does not depend on the other images.
    int[] order =
        SeededRandom.of(settings.seed(), "unlabelled fields of " + plan.image().name())
            .permutation(candidates.count());
    Iterator<Rectangle> places =
        Arrays.stream(order).mapToObj(candidates::at).flatMap(Optional::stream).iterator();
    List<Attempt> found = new ArrayList<>();
    while (places.hasNext() && found.size() < settings.unlabelled()) {
      attempts(
              source,
              Lists.newArrayList(Iterators.limit(places, settings.unlabelled() - found.size())),
              this::unlabelled)
          .stream()
          .filter(attempt -> attempt.written().isPresent() || attempt.damage().isPresent())
          .forEach(found::add);
    }
    found.sort(
        Comparator.comparingInt((Attempt attempt) -> attempt.place().y)
            .thenComparingInt(attempt -> attempt.place().x));
    return found;
  }

  private Optional<Written> outlined(Rectangle place, RgbImage pixels) throws DataException {
    return Optional.of(writer.outlined(plan, place, pixels));
  }

  private Optional<Written> unlabelled(Rectangle place, RgbImage pixels) throws DataException {
    return settings.size().isEmpty() || Tissue.share(pixels) >= settings.tissue()
        ? Optional.of(writer.unlabelled(plan, place, pixels))
        : Optional.empty();
  }

  private List<Attempt> attempts(RgbSource source, List<Rectangle> places, Writing writing)
      throws DataException {
    return ParallelMap.apply(
        places, threads, place -> plan.image().file(), place -> attempt(source, place, writing));
  }

  private static Attempt attempt(RgbSource source, Rectangle place, Writing writing)
      throws DataException {
    RgbImage pixels;
    try {
      pixels = source.region(place.x, place.y, place.width, place.height);
    } catch (IOException e) {
      if (e.getCause() instanceof DataException damage) {
        return new Attempt(place, Optional.empty(), Optional.of(damage));
      }
      throw new UncheckedIOException(e);
    }
    return new Attempt(place, writing.write(place, pixels), Optional.empty());
  }

  private static List<Attempt> damaged(List<Attempt> attempts) {
    return attempts.stream().filter(attempt -> attempt.damage().isPresent()).toList();
  }

  /** Names the damage, with its places unless the field is all of the image. */
  private String problem(List<Attempt> damaged) {
    String message = damaged.get(0).damage().orElseThrow().getMessage();
    if (settings.size().isEmpty()) {
      return message;
    }
    List<Rectangle> places =
        damaged.stream().map(attempt -> plan.scale().inImage(attempt.place())).toList();
    return "%s; found in %d fields of %d×%d pixels at %s%s; if there is no better copy, %sleave the image out"
        .formatted(
            message,
            places.size(),
            places.get(0).width,
            places.get(0).height,
            places.stream()
                .limit(PLACES_SHOWN)
                .map(place -> "(%d, %d)".formatted(place.x, place.y))
                .collect(Collectors.joining(", ")),
            places.size() > PLACES_SHOWN
                ? " and %d more".formatted(places.size() - PLACES_SHOWN)
                : "",
            plan.image().outlines().isPresent()
                ? "outline the damage as '" + Annotations.IGNORED + "' or "
                : "");
  }
}
