package io.semimoe.dataset.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that are being written, to be deleted should the process be ended meanwhile by Ctrl-C
 * or {@code kill}. A process that dies at once leaves them.
 */
final class PendingFiles {
  private static final Set<Path> PENDING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(PendingFiles::deleteAll, "delete-unfinished"));
  }

  private PendingFiles() {}

  static void add(Path file) {
    PENDING.add(file.toAbsolutePath());
  }

  static void remove(Path file) {
    PENDING.remove(file.toAbsolutePath());
  }

  private static void deleteAll() {
    for (Path file : PENDING) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // The process ends; a hidden file that stays behind is all that can come of it.
        System.getLogger(PendingFiles.class.getName())
            .log(System.Logger.Level.DEBUG, "cannot be deleted: " + file, e);
      }
    }
  }
}
