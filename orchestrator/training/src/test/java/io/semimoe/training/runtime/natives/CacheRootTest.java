package io.semimoe.training.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheRootTest {
  private static final Map<String, String> NOBODY = Map.of("user.home", "?");

  @Test
  void aDirectoryOfTheUserGoesBeforeAll() {
    assertThat(
            find(
                Map.of(NativeLibraries.DIRECTORY_PROPERTY, "here", "user.home", "/home/ada"),
                Map.of("XDG_CACHE_HOME", "/caches", "HOME", "/ada")))
        .isEqualTo(Path.of("here"));
  }

  @Test
  void theFolderForCachesGoesBeforeTheHome() {
    assertThat(find(NOBODY, Map.of("XDG_CACHE_HOME", "/caches", "HOME", "/ada")))
        .isEqualTo(Path.of("/caches/semi-moe/natives"));
  }

  @Test
  void theHomeOfTheEnvironmentGoesBeforeThatOfJava() {
    Path home = Path.of("/ada/.cache/semi-moe/natives");

    assertThat(find(Map.of("user.home", "/home/ada"), Map.of("HOME", "/ada"))).isEqualTo(home);
    assertThat(find(NOBODY, Map.of("HOME", "/ada", "XDG_CACHE_HOME", "caches"))).isEqualTo(home);
  }

  @Test
  void withoutAnEnvironmentItIsTheHomeThatJavaKnows() {
    Path home = Path.of("/home/ada/.cache/semi-moe/natives");
    Map<String, String> java = Map.of("user.home", "/home/ada", "semimoe.natives.dir", " ");

    assertThat(find(java, Map.of())).isEqualTo(home);
    assertThat(find(java, Map.of("HOME", ""))).isEqualTo(home);
  }

  @Test
  void withoutAHomeTheWayOutIsTold() {
    for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("HOME", "."))) {
      assertThatThrownBy(() -> find(NOBODY, environment))
          .isInstanceOf(NativeLibraryException.class)
          .hasMessageContaining("found none")
          .hasMessageContaining("-Dsemimoe.natives.dir=DIRECTORY");
    }
  }

  @Test
  void whatCannotBeANameIsTold() {
    assertThatThrownBy(() -> find(NOBODY, Map.of("HOME", "/a\0b")))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("not a usable directory name");
  }

  private static Path find(Map<String, String> properties, Map<String, String> environment) {
    return CacheRoot.find(properties::get, environment::get);
  }
}
