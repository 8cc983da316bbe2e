package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.image.ImageFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which files of a data set a {@link ResizedCopy} takes over, and how. Opens none of them. */
final class CopyPlan {
  /** What a file is to the layout. */
  enum Kind {
    IMAGE,
    MASK,
    OTHER,
    LEFT_OUT
  }

  /**
   * A file of the data set.
   *
   * @param path relative to the root
   * @param stem the same without extension, in Unicode composed form
   * @param kind what it is
   * @param kept whether it is an image or mask to copy unchanged
   */
  record File(Path path, Path stem, Kind kind, boolean kept) {
    boolean isUnchanged() {
      return kept || kind == Kind.OTHER;
    }

    /** Returns the path of the copy, relative to its root. */
    Path copied() {
      return isUnchanged() ? path : path.resolveSibling(stem.getFileName() + ".png");
    }
  }

  private final ResizedCopy.Settings settings;
  private final List<File> files = new ArrayList<>();
  private final Map<Path, File> images = new HashMap<>();
  private final Problems problems = new Problems();
  private int leftOut;

  private CopyPlan(ResizedCopy.Settings settings) {
    this.settings = settings;
  }

  /**
   * Lists the files. Hidden ones are not in the plan.
   *
   * @throws DataException if there is no image, two files would get one name, or a mask has no
   *     image or only one of the two is kept
   */
  static CopyPlan of(ResizedCopy.Settings settings) throws DataException {
    CopyPlan plan = new CopyPlan(settings);
    plan.list();
    plan.check();
    return plan;
  }

  /** Returns the files to copy, sorted by path. */
  List<File> files() {
    return files;
  }

  /** Returns the number of image files where the layout has none. */
  int leftOut() {
    return leftOut;
  }

  /** Returns the patterns that match no image and no mask. */
  List<PathMatcher> unmatched() {
    return settings.kept().stream()
        .filter(
            pattern ->
                files.stream()
                    .noneMatch(file -> file.kind() != Kind.OTHER && matches(pattern, file.path())))
        .toList();
  }

  /** Returns the image of a mask. */
  File imageOf(File mask) {
    return images.get(settings.layout().imageOf(mask.stem()).orElseThrow());
  }

  private void list() throws DataException {
    try (Stream<Path> found = Files.walk(settings.root(), FileVisitOption.FOLLOW_LINKS)) {
      for (Path path : found.filter(Files::isRegularFile).sorted().toList()) {
        Path relative = settings.root().relativize(path);
        if (isVisible(relative)) {
          add(file(relative));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(
          settings.root(), "the folder cannot be listed: " + FileFailure.reason(e), e);
    }
  }

  private void add(File file) {
    if (file.kind() == Kind.LEFT_OUT) {
      leftOut++;
    } else {
      files.add(file);
    }
    if (file.kind() == Kind.IMAGE) {
      images.put(file.stem(), file);
    }
  }

  private static boolean isVisible(Path path) {
    for (Path name : path) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private File file(Path path) {
    if (!ImageFiles.hasImageExtension(path)) {
      return new File(path, path, Kind.OTHER, false);
    }
    String name = path.getFileName().toString();
    Path stem = path.resolveSibling(ImageFolder.composed(name.substring(0, name.lastIndexOf('.'))));
    Kind kind =
        settings.layout().imageOf(stem).isPresent()
            ? Kind.MASK
            : settings.layout().isImage(stem) ? Kind.IMAGE : Kind.LEFT_OUT;
    boolean kept = settings.kept().stream().anyMatch(pattern -> matches(pattern, path));
    return new File(path, stem, kind, kept);
  }

  private static boolean matches(PathMatcher pattern, Path path) {
    return pattern.matches(path) || pattern.matches(path.getFileName());
  }

  private void check() throws DataException {
    Map<Path, File> byCopy = new HashMap<>();
    for (File file : files) {
      File earlier = byCopy.putIfAbsent(file.stem(), file);
      if (earlier != null) {
        problems.add(
            in(file)
                + ": duplicate name: found "
                + earlier.path()
                + " as well; remove or rename one of them");
      }
      if (file.kind() == Kind.MASK) {
        checkPair(file, imageOf(file));
      }
    }
    problems.throwIfAny();
    if (images.isEmpty()) {
      throw new DataException(
          settings.root(),
          "expected images at " + settings.layout().places() + ", found none; name another layout");
    }
  }

  private void checkPair(File mask, File image) {
    if (image == null) {
      problems.add(in(mask) + ": mask without image; add the image or remove the mask");
    } else if (image.kept() != mask.kept()) {
      problems.add(
          in(mask)
              + ": expected image and mask both kept or both resized, found only "
              + (mask.kept() ? mask : image).path()
              + " kept; name both");
    }
  }

  private Path in(File item) {
    return settings.root().resolve(item.path());
  }
}
