package io.osmj.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.osmj.cli.CommandLineRun;
import io.osmj.cli.cluster.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The API server's certificate names 127.0.0.1, localhost and kubernetes.default.svc, and the whole of 127.0.0.0/8 is this machine. Each
 * command has its own way to the cluster: the plain client, the client that knows kinds, and Helm.
 */
@Tag("apiserver")
@ExtendWith(RealApiServer.class)
class TlsServerNameTest {
    private static final String WITHOUT_MESH =
            "Error: mesh [osm] does not exist, please specify another mesh using --mesh-name or create a new mesh";

    private final RealApiServer.Running server;

    @TempDir
    private Path folder = Path.of("");

    TlsServerNameTest(RealApiServer.Running server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, ''",
        "127.0.0.1, kubernetes.default.svc",
        "127.0.0.2, kubernetes.default.svc",
        "127.0.0.2, localhost",
        "127.0.0.2, 127.0.0.1"
    })
    void theCertificateOfTheNameIsTrustedWhereverTheServerIs(String address, String name) throws IOException {
        var kubeconfig = kubeconfig(address, name);

        assertThat(osm(kubeconfig, "namespace", "list").lines()).containsExactly("No namespaces in any mesh");
        assertThat(osm(kubeconfig, "namespace", "add", "shop").err().lines()).containsExactly(WITHOUT_MESH);
        assertThat(osm(kubeconfig, "uninstall", "mesh", "-f").lines()).containsExactly("No OSM control planes found");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, elsewhere.example, tls-server-name elsewhere.example", "127.0.0.2, '', Hostname 127.0.0.2"})
    void thatOfAnotherIsNot(String address, String name, String unverified) throws IOException {
        var kubeconfig = kubeconfig(address, name);

        assertThat(List.of(osm(kubeconfig, "namespace", "list"), osm(kubeconfig, "namespace", "add", "shop")))
                .allSatisfy(run -> {
                    assertThat(run.exitCode()).isEqualTo(1);
                    assertThat(run.err().lines())
                            .singleElement()
                            .asString()
                            .contains("no TLS connection: " + unverified + " not verified");
                });
    }

    private Path kubeconfig(String address, String name) throws IOException {
        var known = Serialization.unmarshal(server.kubeconfig(), Config.class);
        known.getClusters().forEach(named -> {
            var cluster = named.getCluster();
            cluster.setServer(cluster.getServer().replace("127.0.0.1", address));
            cluster.setTlsServerName(name.isEmpty() ? null : name);
        });
        return Files.writeString(folder.resolve("kubeconfig"), Serialization.asYaml(known));
    }

    private static CommandLineRun osm(Path kubeconfig, String... arguments) {
        return CommandLineRun.of(Stream.concat(Stream.of(arguments), Stream.of("--kubeconfig", kubeconfig.toString()))
                .toArray(String[]::new));
    }
}
