package io.semimoe.training.runtime.natives;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where the caches of native libraries lie: where the user wants them, else in the folder for
 * caches of the user's home. {@code HOME} goes before Java's own idea of it, which is {@code ?} for
 * a user whom the system has no name for, as in a container.
 */
final class CacheRoot {
  private CacheRoot() {}

  /**
   * Returns the directory.
   *
   * @throws NativeLibraryException if none is named, or one that cannot be a directory's name
   */
  static Path find() {
    return find(System::getProperty, System::getenv);
  }

  /**
   * Returns the directory.
   *
   * @param properties system properties by their names, null for those that are not set
   * @param environment environment variables likewise
   * @throws NativeLibraryException as above
   */
  static Path find(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    try {
      String chosen = properties.apply(NativeLibraries.DIRECTORY_PROPERTY);
      if (chosen != null && !chosen.isBlank()) {
        return Path.of(chosen);
      }
      return absolute(environment.apply("XDG_CACHE_HOME"))
          .or(() -> absolute(environment.apply("HOME")).map(CacheRoot::caches))
          .or(() -> absolute(properties.apply("user.home")).map(CacheRoot::caches))
          .orElseThrow(
              () ->
                  new NativeLibraryException(
                      "no place for the native libraries: expected an absolute path in"
                          + " XDG_CACHE_HOME, in HOME or as the home of the user, found none; name"
                          + " a directory with -D"
                          + NativeLibraries.DIRECTORY_PROPERTY
                          + "=DIRECTORY"))
          .resolve("semi-moe")
          .resolve("natives");
    } catch (InvalidPathException e) {
      throw new NativeLibraryException(
          "not a usable directory name for native libraries: '" + e.getInput() + "'", e);
    }
  }

  private static Path caches(Path home) {
    return home.resolve(".cache");
  }

  private static Optional<Path> absolute(String path) {
    return Optional.ofNullable(path).map(Path::of).filter(Path::isAbsolute);
  }
}
