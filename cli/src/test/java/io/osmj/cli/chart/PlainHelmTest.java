package io.osmj.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Helm's own command makes of the chart what {@code osm install} makes of it. {@code scripts/verify} names the command. */
@EnabledIfSystemProperty(named = "osm.helm", matches = ".+")
class PlainHelmTest {
    private static final List<String> VALUES =
            List.of("osm.enableEgress=false", "osm.osmController.replicaCount=2", "osm.meshName=north");

    @Test
    void rendersTheSame() throws Exception {
        var arguments = new ArrayList<>(List.of(
                "template", "osm", Rendered.CHART.toString(), "--namespace=osm-system", "--kube-version=1.34.4"));
        VALUES.forEach(value -> arguments.add("--set=" + value));

        var rendered = Rendered.of(helm(arguments));

        assertThat(rendered.objects()).isNotEmpty();
        assertThat(rendered.sorted())
                .isEqualTo(Rendered.with(VALUES.toArray(String[]::new)).sorted());
    }

    @Test
    void findsNoFault() throws Exception {
        assertThat(helm(List.of("lint", "--strict", Rendered.CHART.toString()))).contains("0 chart(s) failed");
    }

    private static String helm(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(System.getProperty("osm.helm")));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
