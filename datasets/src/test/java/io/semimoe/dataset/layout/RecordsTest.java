package io.semimoe.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordsTest {
  @Test
  void sampleHasAMaskExactlyIfItsRoleNeedsOne() {
    Path file = Path.of("a.png");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sample("a", file, Optional.empty(), Role.TEST, "test"))
        .withMessageContaining("expected a mask");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sample("a", file, Optional.of(file), Role.UNLABELLED, "train"))
        .withMessageContaining("expected no mask");
  }

  @Test
  void drawNeedsALabelledImage() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Partition.Drawn(0, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Partition.Drawn(1, -1, 1));
  }

  @Test
  void valIsNoTrainingRole() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DataSource.Paper(
                    Path.of("x"), Optional.empty(), Optional.empty(), Role.LABELLED));
  }

  @Test
  void longListsOfProblemsAreCutShort() {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      messages.add("problem " + i);
    }
    assertThat(Problems.join(messages))
        .contains("problem 19")
        .doesNotContain("problem 20")
        .endsWith("and 5 more of this kind");
  }
}
