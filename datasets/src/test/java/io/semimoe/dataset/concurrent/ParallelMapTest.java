package io.semimoe.dataset.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParallelMapTest {
  @Test
  void resultsComeInTheOrderOfTheItems() throws Exception {
    assertThat(ParallelMap.apply(List.of(3, 1, 2), 3, i -> i * i)).containsExactly(9, 1, 4);
    assertThat(ParallelMap.<Integer, Integer>apply(List.of(), 2, i -> i)).isEmpty();
  }

  @Test
  void theFirstFailureInOrderIsThrown() {
    assertThatThrownBy(
            () ->
                ParallelMap.apply(
                    List.of(1, 2, 3),
                    3,
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
  void uncheckedExceptionsPassThrough() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                ParallelMap.apply(
                    List.of(1),
                    1,
                    i -> {
                      throw new IllegalStateException("as it is");
                    }))
        .withMessage("as it is");
  }
}
