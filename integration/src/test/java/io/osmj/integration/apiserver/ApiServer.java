package io.osmj.integration.apiserver;

import static io.fabric8.kubeapitest.KubeAPIServerConfigBuilder.anAPIServerConfig;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one API server for all tests of a process, whose classes may be run one by one, and hands it to those that ask, as
 * {@link Running} or as a client with all rights. Service accounts are off, as nobody makes the default ones. The programs come
 * from {@code scripts/parts/apiserver-test-dir}.
 */
public final class ApiServer implements ParameterResolver {
    private static final Duration START = Duration.ofSeconds(90);

    /**
     * The server; closed by JUnit when the run ends.
     *
     * @param client with all rights; not to be closed by tests
     */
    public record Running(KubeAPIServer server, KubernetesClient client, AtomicInteger namespaces)
            implements AutoCloseable {
        /**
         * A server; whoever asks closes it. The library looks for a free port and binds it a while later; a connection of
         * another test may be on it by then.
         */
        public static Running start() {
            try {
                return startOnce();
            } catch (KubeAPITestException portTaken) {
                return startOnce();
            }
        }

        private static Running startOnce() {
            KubeAPIServer server = new KubeAPIServer(anAPIServerConfig()
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
            return new Running(server, connect(server), new AtomicInteger());
        }

        /**
         * Makes room for more services than the 254 that a server has addresses for at first: its flag for that is set by
         * what starts it.
         */
        public Running withServiceRange(String range) {
            client.resource(new ServiceCIDRBuilder()
                            .withNewMetadata()
                            .withName("more")
                            .endMetadata()
                            .withNewSpec()
                            .withCidrs(range)
                            .endSpec()
                            .build())
                    .create();
            return this;
        }

        private static KubernetesClient connect(KubeAPIServer server) {
            return new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                    .withHttpClientFactory(new JdkHttpClientFactory())
                    .build();
        }

        /** Another client with all rights, to be closed by whoever asked. */
        public KubernetesClient connect() {
            return connect(server);
        }

        /** A new namespace with these labels; nobody deletes it, as no controller would finish that. */
        public String namespace(Map<String, String> labels) {
            String name = "test-" + namespaces.incrementAndGet();
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withLabels(labels)
                            .endMetadata()
                            .build())
                    .create();
            return name;
        }

        @Override
        public void close() {
            client.close();
            server.stop();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Running.class || type == KubernetesClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(ApiServer.class))
                .getOrComputeIfAbsent("server", _ -> Running.start(), Running.class);
        return parameter.getParameter().getType() == Running.class ? running : running.client();
    }

    private static Path programs() {
        Path folder = cache().resolve("apiserver-test");
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
