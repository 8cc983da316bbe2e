package io.semimoe.training.runtime.natives;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Unpacks native libraries into a directory that several processes may share.
 *
 * <p>Every file is written beside its place and then moved there atomically, so a reader sees a
 * whole file or none; a file that is missing or damaged is replaced, a good one is left alone. A
 * process that already mapped an old file keeps it.
 */
final class NativeCache {
  private static final String TEMPORARY_SUFFIX = ".part";
  private static final Duration ABANDONED = Duration.ofHours(1);
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path directory;

  private NativeCache(Path directory) {
    this.directory = directory;
  }

  /**
   * Returns the cache of these libraries below {@code root}. Its directory is named after their
   * contents, so that another version gets another one.
   *
   * @param name begin of the directory's name
   */
  static NativeCache of(Path root, String name, List<NativeResource> resources) {
    CRC32 all = new CRC32();
    for (NativeResource resource : resources) {
      String line = resource.fileName() + ' ' + resource.size() + ' ' + resource.crc32() + '\n';
      all.update(line.getBytes(UTF_8));
    }
    return new NativeCache(
        root.resolve(String.format("%s-%08x", name, all.getValue())).toAbsolutePath());
  }

  Path directory() {
    return directory;
  }

  /**
   * Makes the directory hold exactly these contents under their names. Reads every file once to
   * check it (some 20 ms for the libraries of a CPU).
   *
   * @throws IOException if the directory cannot be made or written
   */
  void install(List<NativeResource> resources) throws IOException {
    Files.createDirectories(directory);
    for (NativeResource resource : resources) {
      Path file = directory.resolve(resource.fileName());
      if (!isIntact(file, resource)) {
        removeAbandoned();
        unpack(resource, file);
      }
    }
  }

  /**
   * Makes {@code alias} another name of {@code fileName}: a link, or a copy on file systems without
   * links.
   */
  void alias(String alias, NativeResource target) throws IOException {
    Path file = directory.resolve(alias);
    Path relativeTarget = Path.of(target.fileName());
    if (Files.isSymbolicLink(file) && Files.readSymbolicLink(file).equals(relativeTarget)) {
      return;
    }
    if (!Files.isSymbolicLink(file) && isIntact(file, target)) {
      return;
    }
    Path temporary = temporaryFor(file);
    try {
      Files.delete(temporary);
      Files.createSymbolicLink(temporary, relativeTarget);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(
          directory.resolve(target.fileName()), temporary, StandardCopyOption.REPLACE_EXISTING);
    }
    moveIntoPlace(temporary, file);
  }

  static boolean isIntact(Path file, NativeResource expected) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == expected.size()
        && crc32(file) == expected.crc32();
  }

  private void unpack(NativeResource resource, Path file) throws IOException {
    Path temporary = temporaryFor(file);
    try {
      try (InputStream in = resource.open()) {
        Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
      }
      if (!isIntact(temporary, resource)) {
        throw new IOException(
            "unpacking "
                + resource.url()
                + " gave "
                + Files.size(temporary)
                + " bytes that do not match the expected "
                + resource.size()
                + " bytes; the disk may be full or the jar damaged");
      }
      moveIntoPlace(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private Path temporaryFor(Path file) throws IOException {
    return Files.createTempFile(directory, file.getFileName() + ".", TEMPORARY_SUFFIX);
  }

  private static void moveIntoPlace(Path temporary, Path file) throws IOException {
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what processes that were killed while unpacking have left. */
  private void removeAbandoned() throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(directory, "*" + TEMPORARY_SUFFIX)) {
      for (Path part : parts) {
        boolean gone = !Files.exists(part, LinkOption.NOFOLLOW_LINKS);
        if (!gone
            && Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .isBefore(limit)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static long crc32(Path file) throws IOException {
    CRC32 crc = new CRC32();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        crc.update(buffer);
        buffer.clear();
      }
    }
    return crc.getValue();
  }
}
