package io.semimoe.cli.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineSearchTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"s.1.geojson", "s.1.svs.geojson", "s.1.GeoJSON", "s.1.svs.GEOJSON"})
  void outlinesLieBesideTheirImage(String name) throws Exception {
    Path outlines = write(name);
    write("s.10.geojson");
    write("s.geojson");

    OutlineSearch search = new OutlineSearch(Optional.empty());

    assertThat(search.of(folder.resolve("s.1.svs"))).contains(outlines);
    assertThat(search.of(folder.resolve("s.2.svs"))).isEmpty();
    assertThat(search.similar(folder.resolve("s.1.svs"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s.json", "s.JSON", "s.svs.json", "s.geojson.gz", "s.zip", "s.geojson.txt"})
  void whatMayBeOutlinesIsSimilar(String name) throws Exception {
    Path file = write(name);
    write("s2.json");
    write("s.xml");
    write("s.svs");

    OutlineSearch search = new OutlineSearch(Optional.empty());

    assertThat(search.of(folder.resolve("s.svs"))).isEmpty();
    assertThat(search.similar(folder.resolve("s.svs"))).containsExactly(file);
  }

  @Test
  void twoFilesAreTooMany() throws Exception {
    write("s.GeoJSON");
    write("s.svs.GeoJSON");

    assertThatThrownBy(() -> new OutlineSearch(Optional.empty()).of(folder.resolve("s.svs")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("s.svs.GeoJSON")
        .hasMessageContaining("expected one file of outlines");
  }

  @Test
  void outlinesMayLieInAFolderOfTheirOwn() throws Exception {
    Path outlines = write("s.GeoJSON");
    Path other = write("t.GeoJSON");
    OutlineSearch search = new OutlineSearch(Optional.of(folder));

    assertThat(search.of(Path.of("elsewhere/s.svs"))).contains(outlines);
    assertThat(search.others(List.of(outlines))).containsExactly(other);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() throws Exception {
    Path nowhere = folder.resolve("nowhere");

    assertThat(new OutlineSearch(Optional.empty()).of(nowhere.resolve("s.svs"))).isEmpty();
    assertThatThrownBy(() -> new OutlineSearch(Optional.of(nowhere)).others(List.of()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(nowhere + ": expected the folder of the outlines");
  }

  private Path write(String name) throws Exception {
    return Files.writeString(folder.resolve(name), "[]");
  }
}
