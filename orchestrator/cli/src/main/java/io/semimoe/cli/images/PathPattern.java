package io.semimoe.cli.images;

import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/**
 * Patterns of paths, separated by slashes, with the wildcards of {@link
 * java.nio.file.FileSystem#getPathMatcher glob}, where {@code **}{@code /} stands for any number of
 * folders, none included, as in shells.
 */
final class PathPattern {
  private static final String ANY_FOLDERS = "**/";

  private PathPattern() {}

  /**
   * Returns what tells the paths that match as a whole.
   *
   * @throws java.util.regex.PatternSyntaxException if it is no pattern
   */
  static PathMatcher matcher(String pattern) {
    List<PathMatcher> forms =
        forms(pattern)
            .map(form -> FileSystems.getDefault().getPathMatcher("glob:" + form))
            .toList();
    return path -> forms.stream().anyMatch(form -> form.matches(path));
  }

  /** Returns the pattern with and without each of its parts that stands for any folders. */
  private static Stream<String> forms(String pattern) {
    int any = pattern.startsWith(ANY_FOLDERS) ? 0 : pattern.indexOf("/" + ANY_FOLDERS) + 1;
    if (any == 0 && !pattern.startsWith(ANY_FOLDERS)) {
      return Stream.of(pattern);
    }
    String before = pattern.substring(0, any);
    return forms(pattern.substring(any + ANY_FOLDERS.length()))
        .flatMap(after -> Stream.of(before + after, before + ANY_FOLDERS + after));
  }
}
