package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestDeviceTest {
  private static final String SEARCH = "semimoe.exhaustiveSearch";

  private final String before = System.clearProperty(SEARCH);

  @AfterEach
  void restore() {
    System.clearProperty(SEARCH);
    if (before != null) {
      System.setProperty(SEARCH, before);
    }
  }

  @Test
  void theSearchForAlgorithmsCanBeTurnedOff() {
    assertThat(TestDevice.exhaustiveSearch()).isTrue();
    System.setProperty(SEARCH, "false");
    assertThat(TestDevice.exhaustiveSearch()).isFalse();
  }

  @Test
  void anotherWordIsRefused() {
    System.setProperty(SEARCH, "off");
    assertThatThrownBy(TestDevice::exhaustiveSearch)
        .hasMessage("-Dsemimoe.exhaustiveSearch: expected true or false, found off");
  }
}
