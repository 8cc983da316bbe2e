package io.semimoe.training.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.training.configuration.ScheduleSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  @Test
  void paperStartsAtZeroAndHalvesOneEpochLate() {
    LearningRateSchedule schedule = LearningRateSchedule.paper(0.5, 20, 50);

    assertThat(schedule.at(0)).isZero();
    assertThat(schedule.at(1)).isEqualTo(0.025, within(1e-12));
    assertThat(schedule.at(20)).isEqualTo(0.5);
    assertThat(schedule.at(70)).isEqualTo(0.5);
    assertThat(schedule.at(71)).isEqualTo(0.25);
    assertThat(schedule.at(199)).isEqualTo(0.0625);
  }

  @Test
  void scaledWarmsUpOverATenthAndHalvesThreeTimes() {
    LearningRateSchedule schedule =
        LearningRateSchedule.scaled(0.3, 40, 0.1, List.of(0.35, 0.6, 0.85));

    assertThat(schedule.at(0)).isEqualTo(0.075, within(1e-12));
    assertThat(schedule.at(3)).isEqualTo(0.3, within(1e-12));
    assertThat(schedule.at(13)).isEqualTo(0.3, within(1e-12));
    assertThat(schedule.at(14)).isEqualTo(0.15, within(1e-12));
    assertThat(schedule.at(24)).isEqualTo(0.075, within(1e-12));
    assertThat(schedule.at(34)).isEqualTo(0.0375, within(1e-12));
  }

  @Test
  void scaledOfOneEpochTrainsAtTheHalvedRateOfNoShare() {
    assertThat(LearningRateSchedule.scaled(0.3, 1, 0.1, List.of(0.35)).at(0))
        .isEqualTo(0.3, within(1e-12));
  }

  @Test
  void theSettingsSayWhichScheduleItIs() {
    assertThat(of(ScheduleSettings.Form.PAPER).at(15)).isEqualTo(0.2, within(1e-12));
    assertThat(of(ScheduleSettings.Form.SCALED).at(15)).isEqualTo(0.1, within(1e-12));
    assertThat(of(ScheduleSettings.Form.CONSTANT).at(0)).isEqualTo(0.4);
    assertThat(of(ScheduleSettings.Form.CONSTANT).at(39)).isEqualTo(0.4);
  }

  @Test
  void refusesNegativeEpochs() {
    for (ScheduleSettings.Form form : ScheduleSettings.Form.values()) {
      assertThatThrownBy(() -> of(form).at(-1))
          .as("%s", form)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("-1");
    }
  }

  /** At epoch 15 of 40: past the warm-up and one halving, or past the warm-up and two. */
  private static LearningRateSchedule of(ScheduleSettings.Form form) {
    return LearningRateSchedule.of(
        new ScheduleSettings(form, 4, 8, 0.1, List.of(0.2, 0.3)), 0.4, 40);
  }
}
