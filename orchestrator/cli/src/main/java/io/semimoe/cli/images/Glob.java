package io.semimoe.cli.images;

import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.stream.IntStream;

/**
 * A pattern of files, which means the same in all commands.
 *
 * @param text the pattern as it was given
 * @param matcher what matches it as a whole
 */
public record Glob(String text, PathMatcher matcher) implements PathMatcher {
  /**
   * Returns what {@link PathPattern} takes, also as shells complete it: {@code ./folder/}.
   *
   * @throws java.util.regex.PatternSyntaxException if it is no pattern
   */
  public static Glob of(String text) {
    return new Glob(
        text, PathPattern.matcher(text.replaceFirst("^(\\./)+", "").replaceFirst("/+$", "")));
  }

  /**
   * Returns whether the path of a file matches, or that of the folder that it lies in, or an end of
   * one of them, which may be the name alone.
   */
  @Override
  public boolean matches(Path file) {
    Path folder = file.normalize().getParent();
    return matcher.matches(file) || matchesEnd(file.normalize()) || matchesEnd(folder);
  }

  private boolean matchesEnd(Path path) {
    return path != null
        && (matcher.matches(path)
            || IntStream.range(0, path.getNameCount())
                .anyMatch(from -> matcher.matches(path.subpath(from, path.getNameCount()))));
  }
}
