package io.osmj.cli.install;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmj.cli.mesh.Mesh;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Mesh RELEASE = new Mesh("osm", "first", "0.1.0", false);

    @Test
    void aReleaseThatIsAnotherMeshsIsNotTakenForARest() {
        var present = List.of(new Mesh("blue", "first", "0.1.0", false));

        assertThatThrownBy(() -> Refusals.checkReleases(List.of(RELEASE), present, "osm"))
                .hasMessageContainingAll("release [osm]", "namespace [first]", "mesh [blue]", "--mesh-name")
                .hasMessageNotContaining("uninstall");
    }

    @Test
    void aReleaseWithoutAMeshIsARest() {
        var elsewhere = List.of(new Mesh("blue", "second", "0.1.0", false));

        assertThatThrownBy(() -> Refusals.checkReleases(List.of(RELEASE), elsewhere, "osm"))
                .hasMessageContainingAll("no Deployment", "osm uninstall mesh --mesh-name osm --osm-namespace first");
    }

    @Test
    void releasesOfOtherNamesAreLeft() {
        assertThatCode(() -> Refusals.checkReleases(List.of(RELEASE), List.of(), "green"))
                .doesNotThrowAnyException();
    }
}
