package io.semimoe.dataset.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import io.semimoe.dataset.DataException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ParallelMapTest {
  private static Path file(int item) {
    return Path.of(item + ".png");
  }

  @Test
  void resultsComeInTheOrderOfTheItems() throws Exception {
    assertThat(ParallelMap.apply(List.of(3, 1, 2), 3, ParallelMapTest::file, i -> i * i))
        .containsExactly(9, 1, 4);
    assertThat(ParallelMap.<Integer, Integer>apply(List.of(), 2, ParallelMapTest::file, i -> i))
        .isEmpty();
  }

  @Test
  void theFirstFailureInOrderIsThrown() {
    assertThatThrownBy(
            () ->
                ParallelMap.apply(
                    List.of(1, 2, 3),
                    3,
                    ParallelMapTest::file,
                    i -> {
                      if (i > 1) {
                        throw new DataException("bad " + i);
                      }
                      return i;
                    }))
        .isInstanceOf(DataException.class)
        .hasMessage("bad 2");
  }

  @Test
  void theThreadsHaveEndedWhenAFailureIsThrown() {
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                ParallelMap.apply(
                    List.of(1, 2),
                    2,
                    ParallelMapTest::file,
                    i -> {
                      if (i == 1) {
                        Uninterruptibles.awaitUninterruptibly(started);
                        throw new DataException("bad");
                      }
                      started.countDown();
                      Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(200));
                      ended.set(true);
                      return i;
                    }))
        .isInstanceOf(DataException.class);
    assertThat(ended).isTrue();
  }

  @Test
  void tooLittleMemoryIsSaidWithTheFileAndWhatToDo() {
    assertThatThrownBy(
            () ->
                ParallelMap.apply(
                    List.of(7),
                    3,
                    ParallelMapTest::file,
                    i -> {
                      throw new OutOfMemoryError("on purpose");
                    }))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("7.png: ")
        .hasMessageContainingAll(
            "-Xmx", "--threads 1 in train and check-data", "-XX:ActiveProcessorCount=1");
  }

  @Test
  void uncheckedExceptionsPassThrough() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                ParallelMap.apply(
                    List.of(1),
                    1,
                    ParallelMapTest::file,
                    i -> {
                      throw new IllegalStateException("as it is");
                    }))
        .withMessage("as it is");
  }
}
