package io.semimoe.dataset.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
  @Test
  void theStreamIsFixedForAllTimes() {
    // Runs that resume under a later release must see the same numbers.
    SeededRandom random = SeededRandom.of(1, "order", 2, 3);
    assertThat(new long[] {random.nextLong(), random.nextLong()})
        .containsExactly(965942353204978084L, -8518999817600752401L);
  }

  @Test
  void streamsThatDifferInOneArgumentDiffer() {
    Set<Long> first = new HashSet<>();
    first.add(SeededRandom.of(1, "a", 0, 1).nextLong());
    first.add(SeededRandom.of(2, "a", 0, 1).nextLong());
    first.add(SeededRandom.of(1, "b", 0, 1).nextLong());
    first.add(SeededRandom.of(1, "a", 1, 0).nextLong());
    first.add(SeededRandom.of(1, "a", 0).nextLong());
    first.add(SeededRandom.of(1, "a").nextLong());
    assertThat(first).hasSize(6);
  }

  @Test
  void numbersHaveTheMomentsOfTheirDistributions() {
    SeededRandom random = SeededRandom.of(7, "moments");
    double sum = 0;
    double normalSum = 0;
    double normalSquares = 0;
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      sum += random.nextDouble();
      double normal = random.nextGaussian();
      normalSum += normal;
      normalSquares += normal * normal;
    }
    assertThat(sum / n).isCloseTo(0.5, within(0.005));
    assertThat(normalSum / n).isCloseTo(0, within(0.015));
    assertThat(normalSquares / n).isCloseTo(1, within(0.02));
  }

  @Test
  void integersCoverTheirRangeEvenly() {
    int[] counts = new int[7];
    SeededRandom random = SeededRandom.of(3, "range");
    for (int i = 0; i < 70_000; i++) {
      counts[random.nextInt(7)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> random.nextInt(0));
  }

  @Test
  void permutationsHoldEachNumberOnceAndAllOccur() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      int[] permutation = SeededRandom.of(5, "permutation", i).permutation(3);
      assertThat(permutation).containsExactlyInAnyOrder(0, 1, 2);
      seen.add(permutation[0] + "" + permutation[1] + permutation[2]);
    }
    assertThat(seen).hasSize(6);
    assertThat(SeededRandom.of(5, "permutation").permutation(0)).isEmpty();
  }
}
