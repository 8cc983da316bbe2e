package io.semimoe.cli.images;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches a folder for the files that match a {@link PathPattern}. Hidden folders are left out
 * unless the pattern names one; links are followed. What was predicted before is left out, and what
 * lies below the folder and cannot be read, with a warning.
 */
final class ImageSearch {
  private static final Logger LOG = LoggerFactory.getLogger(ImageSearch.class);

  private final Path root;
  private final PathMatcher matcher;
  private final boolean hidden;
  private final Path output;
  private final int depth;

  /**
   * Prepares a search.
   *
   * @param pattern of paths relative to the root, separated by slashes
   * @param output folder below the root that is not searched
   * @throws java.util.regex.PatternSyntaxException if it is none
   */
  ImageSearch(Path root, String pattern, Path output) {
    this.root = root;
    this.output = output.toAbsolutePath().normalize();
    matcher = PathPattern.matcher(pattern);
    hidden = ("/" + pattern).contains("/.");
    depth =
        pattern.contains("**")
            ? Integer.MAX_VALUE
            : 1 + (int) pattern.chars().filter(c -> c == '/').count();
  }

  /**
   * Returns the files that match, in any order.
   *
   * @throws DataException if the root cannot be read
   */
  List<Path> run() throws DataException {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new Visitor(found));
    } catch (IOException e) {
      throw new DataException(
          root, "expected a folder that can be searched, found: " + FileFailure.reason(e), e);
    }
    return found;
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    Visitor(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean leftOut =
          !folder.equals(root)
              && (folder.toAbsolutePath().normalize().equals(output)
                  || (!hidden && isHidden(folder)));
      return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      Path relative = root.relativize(file);
      if (attributes.isRegularFile() && matcher.matches(relative)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(root)) {
        throw failure;
      }
      LOG.warn("Left out, since it cannot be read: {}", failure.toString());
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
      if (failure != null) {
        LOG.warn(
            "The rest of a folder is left out, since it cannot be read: {}", failure.toString());
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path folder) {
      return folder.getFileName().toString().startsWith(".");
    }
  }
}
