package io.osmj.cli.cluster;

import static io.fabric8.kubeapitest.KubeAPIServerConfigBuilder.anAPIServerConfig;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts kube-apiserver and etcd once for all tests of a process, whose classes may be run one by one, and hands a test the
 * server or a client of it. The programs lie where {@code scripts/parts/apiserver-test-dir} puts them.
 */
public final class RealApiServer implements ParameterResolver {
    private static final Duration START = Duration.ofSeconds(90);

    /** A running server; what JUnit closes when the run ends. */
    public record Running(KubeAPIServer server, KubernetesClient client) implements AutoCloseable {
        /** The library looks for a free port and binds it a while later; a connection of another test may be on it by then. */
        static Running start() {
            try {
                return startOnce();
            } catch (KubeAPITestException portTaken) {
                return startOnce();
            }
        }

        private static Running startOnce() {
            var server = new KubeAPIServer(anAPIServerConfig()
                    .withTestDir(programs().toString())
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .withStartupTimeout((int) START.toMillis())
                    .build());
            try {
                server.start();
            } catch (KubeAPITestException e) {
                server.stop();
                throw e;
            }
            var config = Config.fromKubeconfig(server.getKubeConfigYaml());
            return new Running(
                    server, new KubernetesClientBuilder().withConfig(config).build());
        }

        /** The kubeconfig of a user who may do everything. */
        public String kubeconfig() {
            return server.getKubeConfigYaml();
        }

        /** Ends a namespace, which the namespace controller would do once it is empty. Nothing when it is not there. */
        public void endNamespace(String name) {
            var namespace = client.namespaces().withName(name);
            if (namespace.get() == null) {
                return;
            }
            namespace.delete();
            var ending = namespace.require();
            ending.getSpec().setFinalizers(new ArrayList<>());
            client.raw("/api/v1/namespaces/" + name + "/finalize", "PUT", ending);
        }

        @Override
        public void close() {
            client.close();
            server.stop();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Running.class || type == KubernetesClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var running = context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(RealApiServer.class))
                .getOrComputeIfAbsent("server", key -> Running.start(), Running.class);
        return parameter.getParameter().getType() == Running.class ? running : running.client();
    }

    private static Path programs() {
        var folder = cache().resolve("apiserver-test");
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(folder + " is not there: run scripts/parts/apiserver-test-dir");
        }
        return folder;
    }

    private static Path cache() {
        return folder(System.getenv("OSM_JAVA_CACHE"))
                .or(() -> folder(System.getenv("XDG_CACHE_HOME")).map(cache -> cache.resolve("osm-java")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "osm-java"));
    }

    private static Optional<Path> folder(@Nullable String name) {
        return Optional.ofNullable(name).filter(text -> !text.isEmpty()).map(Path::of);
    }
}
