package io.semimoe.cli.cut;

import io.semimoe.cli.images.Glob;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.field.FieldImage;
import io.semimoe.dataset.layout.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The images that {@code cut} works on.
 *
 * @param outlines folder of the outlines; without it they lie beside the images
 * @param validation patterns of the images for validation
 * @param test patterns of those for testing
 * @param warnings hears of what may be mistakes
 */
public record CutImages(
    Optional<Path> outlines, List<Glob> validation, List<Glob> test, Consumer<String> warnings) {
  private static final String RENAME =
      "if it holds outlines, they have to be uncompressed and named .geojson";

  /**
   * Returns the images with their outlines, and what they are for.
   *
   * @param files images by name
   * @throws IllegalArgumentException if a pattern matches no image, or two kinds match one
   * @throws DataException if an image for validation or testing has no outlines, there are two
   *     files of outlines for an image or two images for a file, or a name occurs twice
   */
  public List<FieldImage> of(Map<String, Path> files) throws DataException {
    requireMatches("--validation", validation, files.values());
    requireMatches("--test", test, files.values());
    OutlineSearch search = new OutlineSearch(outlines);
    List<FieldImage> images = new ArrayList<>();
    Map<String, Path> named = new HashMap<>();
    Map<Path, Path> outlinedBy = new HashMap<>();
    for (Map.Entry<String, Path> entry : files.entrySet()) {
      Path file = entry.getValue();
      Role role = role(file);
      Optional<Path> outlined = search.of(file);
      List<Path> similar = outlined.isPresent() ? List.of() : search.similar(file);
      if (role != Role.LABELLED && outlined.isEmpty()) {
        throw new DataException(
            file,
            "expected outlines of an image for %s, found no .geojson%s"
                .formatted(
                    role.text(),
                    similar.isEmpty() ? "" : ", but " + similar.get(0) + "; " + RENAME));
      }
      similar.forEach(other -> warnings.accept(other + ": is not read; " + RENAME));
      Path other = outlined.map(found -> outlinedBy.putIfAbsent(found, file)).orElse(null);
      if (other != null) {
        throw new DataException(
            outlined.get(),
            "expected the outlines of one image, found "
                + other
                + " and "
                + file
                + " of that name; put outlines beside their images, and leave --outlines out");
      }
      String name = entry.getKey().replace('/', '_');
      Path earlier = named.putIfAbsent(name, file);
      if (earlier != null) {
        throw new DataException(
            file, "expected a name of its own, found " + earlier + "; cut them into two folders");
      }
      images.add(new FieldImage(name, file, outlined, role));
    }
    warnAboutOutlines(search, images);
    return images;
  }

  private Role role(Path file) {
    boolean validates = validation.stream().anyMatch(glob -> glob.matches(file));
    boolean tests = test.stream().anyMatch(glob -> glob.matches(file));
    if (validates && tests) {
      throw new IllegalArgumentException(
          file + ": expected --validation or --test to match, found both");
    }
    return validates ? Role.VALIDATION : tests ? Role.TEST : Role.LABELLED;
  }

  private static void requireMatches(String option, List<Glob> globs, Collection<Path> files) {
    for (Glob glob : globs) {
      if (files.stream().noneMatch(glob::matches)) {
        throw new IllegalArgumentException(
            option + ": expected a pattern that matches images, found none for " + glob.text());
      }
    }
  }

  private void warnAboutOutlines(OutlineSearch search, List<FieldImage> images)
      throws DataException {
    List<Path> found = images.stream().flatMap(image -> image.outlines().stream()).toList();
    for (Path other : search.others(found)) {
      warnings.accept(other + ": outlines without image; is their name that of the image?");
    }
    if (found.isEmpty()) {
      warnings.accept("No image has outlines: all fields are unlabelled.");
    }
  }
}
