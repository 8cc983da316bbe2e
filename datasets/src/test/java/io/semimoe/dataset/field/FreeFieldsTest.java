package io.semimoe.dataset.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.geom.Area;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreeFieldsTest {
  @Test
  void fieldsLieSideBySideAndAreWhole() {
    FreeFields fields = FreeFields.of(new Rectangle(70, 64), 32, List.of());

    assertThat(fields.count()).isEqualTo(4);
    assertThat(fields.at(0)).contains(new Rectangle(0, 0, 32, 32));
    assertThat(fields.at(1)).contains(new Rectangle(32, 0, 32, 32));
    assertThat(fields.at(2)).contains(new Rectangle(0, 32, 32, 32));
    assertThat(FreeFields.of(new Rectangle(31, 64), 32, List.of()).count()).isZero();
    assertThat(FreeFields.none().count()).isZero();
  }

  @Test
  void whatTouchesATakenAreaIsNotFree() {
    List<Area> taken = List.of(new Area(new Rectangle(31, 5, 1, 1)));

    FreeFields fields = FreeFields.of(new Rectangle(64, 32), 32, taken);

    assertThat(fields.at(0)).isEmpty();
    assertThat(fields.at(1)).isPresent();
  }

  @Test
  void anImageMayBeOneField() {
    assertThat(FreeFields.whole(new Rectangle(30, 20)).at(0)).contains(new Rectangle(30, 20));
  }
}
