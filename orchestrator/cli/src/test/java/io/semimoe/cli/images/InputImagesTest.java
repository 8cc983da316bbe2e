package io.semimoe.cli.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputImagesTest {
  @TempDir private Path folder;
  private Path output = Path.of("elsewhere");

  @BeforeEach
  void makeFiles() throws IOException {
    for (String name :
        List.of(
            "top.png",
            "notes.txt",
            ".hidden.png",
            "a/one.png",
            "a/b/two.tif",
            "a/b/c/three.png",
            ".cache/four.png",
            "a/.git/five.png")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*.png, top",
    "**.png, top one three",
    "**/*.png, top one three",
    "**/*, top one two three",
    "a/**/*.png, one three",
    "**/b/**/*, two three",
    "*/*.png, one",
    "*/**/*.png, one three",
    "'{a,b}/*.png', one",
    "**/t*.*, top two three",
    ".cache/*.png, four",
    "a/.git/**/*.png, five"
  })
  void patternsFindImages(String pattern, String expected) throws DataException {
    assertThat(find(pattern)).isEqualTo(Set.of(expected.split(" ")));
  }

  @Test
  void aFolderStandsForTheImagesDirectlyInIt() throws DataException {
    assertThat(find("a")).containsExactly("one");
  }

  @Test
  void whatCannotBeReadBelowThePlaceIsLeftOut() throws Exception {
    // A link to a folder above it never ends.
    Files.createSymbolicLink(folder.resolve("a/again"), folder);

    assertThat(find("**/*.png")).containsExactlyInAnyOrder("top", "one", "three");
  }

  @Test
  void aPlaceThatCannotBeReadIsAnError() {
    assertThatThrownBy(() -> find("none/**/*.png"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.resolve("none").toString());
  }

  @Test
  void aFileThatIsNoImageIsAnError() {
    assertThatThrownBy(() -> find("notes.txt"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder.resolve("notes.txt") + ": expected a folder or an image (");
  }

  @Test
  void aPatternThatNothingMatchesIsAnError() {
    assertThatThrownBy(() -> find("**/*.bmp"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("**/*.bmp");
  }

  @Test
  void imagesOfOneNameAreToldApartByTheirFolders() throws Exception {
    Files.createFile(folder.resolve("a/b/one.png"));

    assertThat(find("**/*.png")).containsExactly("a/b/c/three", "a/b/one", "a/one", "top");
    assertThat(find("a/**/one.png")).containsExactly("b/one", "one");
  }

  @Test
  void imagesThatDifferInTheirExtensionsOnlyAreRefused() throws IOException {
    Files.createFile(folder.resolve("a/one.tif"));

    assertThatThrownBy(() -> find("**/one.*"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.resolve("a/one.tif").toString())
        .hasMessageContaining(folder.resolve("a/one.png").toString());
  }

  @ParameterizedTest
  @CsvSource({"slide, Slide", "r\u00e9gion, re\u0301gion"})
  void namesThatAreOneToSomeFileSystemsAreToldApartByTheirFolders(String one, String other)
      throws Exception {
    Files.createFile(folder.resolve("a/" + one + ".png"));
    Files.createFile(folder.resolve("a/b/" + other + ".png"));

    assertThat(find("a/**/{" + one + "," + other + "}.png"))
        .containsExactlyInAnyOrder(one, "b/" + other);
  }

  @Test
  void imagesThatDifferInCaseAndExtensionOnlyAreRefused() throws IOException {
    Files.createFile(folder.resolve("a/One.tif"));

    assertThatThrownBy(() -> find("a/?ne.*"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.resolve("a/One.tif").toString())
        .hasMessageContaining(folder.resolve("a/one.png").toString());
  }

  @Test
  void anImageNamedTwiceCountsOnce() throws DataException {
    assertThat(
            InputImages.find(
                List.of(folder + "/a/one.png", folder + "/a", folder + "/a/../a/one.png"), output))
        .hasSize(1);
  }

  @Test
  void whatWasPredictedBeforeIsNoImage() throws Exception {
    output = folder.resolve("a");

    assertThat(find("**/*.png")).containsExactly("top");
  }

  private Set<String> find(String place) throws DataException {
    return InputImages.find(List.of(folder + "/" + place), output).keySet();
  }
}
