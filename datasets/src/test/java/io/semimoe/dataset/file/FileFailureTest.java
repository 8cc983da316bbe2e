package io.semimoe.dataset.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFailureTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("a/b"), "there is no a/b"),
        Arguments.of(new AccessDeniedException("a/b"), "access to a/b is denied"),
        Arguments.of(new FileAlreadyExistsException("a/b"), "a/b exists already"),
        Arguments.of(new DirectoryNotEmptyException("a/b"), "the folder a/b is not empty"),
        Arguments.of(new NotDirectoryException("a/b"), "a/b is no folder"),
        Arguments.of(new FileSystemLoopException("a/b"), "links lead from a/b to itself"),
        Arguments.of(new FileSystemException("a/b", null, "Disk is full"), "Disk is full"),
        Arguments.of(new FileSystemException("a/b"), "a/b"),
        Arguments.of(new MalformedInputException(1), "it is no text in UTF-8"),
        Arguments.of(new UncheckedIOException(new NoSuchFileException("a/b")), "there is no a/b"),
        Arguments.of(new EOFException(), "it ends too early"),
        Arguments.of(new IOException("No space left on device"), "No space left on device"),
        Arguments.of(new IOException(), "input or output failed"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhyInWords(Exception failure, String reason) {
    assertThat(FileFailure.reason(failure)).isEqualTo(reason);
  }

  @Test
  void endsTheMessageOfAFileThatCannotBeMade(@TempDir Path folder) {
    Path file = folder.resolve("none").resolve("a.png");

    assertThatThrownBy(() -> NewFile.of(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": cannot be written: there is no ")
        .hasMessageNotContaining("Exception");
  }
}
