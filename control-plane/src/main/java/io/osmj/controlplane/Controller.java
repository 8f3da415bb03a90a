package io.osmj.controlplane;

import io.osmj.controlplane.admission.AdmissionOptions;
import io.osmj.controlplane.http.HttpLimits;
import io.osmj.controlplane.logs.LogLevel;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.names.Ports;
import io.osmj.objects.read.Mesh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program {@code osm-controller}: reads its options and runs the control plane until it is told to end. */
@Command(
        name = "osm-controller",
        mixinStandardHelpOptions = true,
        description = "The control plane of the mesh: configures proxies, injects them, issues their certificates.")
public final class Controller implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final int STATUS_PORT = 9091;

    @Option(names = "--mesh-name", defaultValue = "osm", description = "The mesh; default: ${DEFAULT-VALUE}.")
    private String meshName = "";

    @Option(names = "--osm-namespace", defaultValue = "osm-system", description = "The namespace of the control plane.")
    private String namespace = "";

    @Option(names = "--osm-service-account", defaultValue = "osm", description = "Not used; taken for OSM's sake.")
    private String serviceAccount = "";

    @Option(
            names = "--osm-config-name",
            defaultValue = "osm-mesh-config",
            description = "The one MeshConfig that counts.")
    private String configName = "";

    @Option(names = "--osm-version", defaultValue = "", description = "What /version says.")
    private String version = "";

    @Option(names = "--trust-domain", defaultValue = "cluster.local", description = "Last part of every identity.")
    private String trustDomain = "";

    @Option(
            names = "--ca-bundle-secret-name",
            defaultValue = "osm-ca-bundle",
            description = "The Secret with the root.")
    private String caBundleSecret = "";

    @Option(
            names = "--webhook-config-name",
            defaultValue = "",
            description = "The MutatingWebhookConfiguration for pods.")
    private String mutatingWebhook = "";

    @Option(
            names = "--validator-webhook-config",
            defaultValue = "",
            description = "The ValidatingWebhookConfiguration for the mesh's kinds.")
    private String validatingWebhook = "";

    @Option(
            names = "--validate-traffic-target",
            defaultValue = "true",
            arity = "0..1",
            fallbackValue = "true",
            description = "Refuse a TrafficTarget in another namespace than its destination.")
    private boolean validateTrafficTarget;

    @Option(
            names = {"-v", "--verbosity"},
            defaultValue = "info",
            description = "Log level until MeshConfig was read.")
    private String verbosity = "";

    @Option(names = "--xds-port", hidden = true, defaultValue = "" + Ports.XDS)
    private int xdsPort;

    @Option(names = "--status-port", hidden = true, defaultValue = "" + STATUS_PORT)
    private int statusPort;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Serve the mesh that this folder of YAML describes, without Kubernetes.")
    private @Nullable Path folder;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "With --from: where tokens, bootstraps and the root of trust are kept; default: a temporary folder.")
    private @Nullable Path stateFolder;

    @Option(
            names = "--listen-address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "With --from: where proxies and people connect to; default: ${DEFAULT-VALUE}.")
    private String listenAddress = "";

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "" + Ports.ADMIN,
            description =
                    "With --from: Envoy's administration in the bootstraps, 0 for a free port; default: ${DEFAULT-VALUE}.")
    private int adminPort;

    @Option(names = "--injector-port", hidden = true, defaultValue = "" + AdmissionOptions.INJECTOR_PORT)
    private int injectorPort;

    @Option(names = "--validator-port", hidden = true, defaultValue = "" + AdmissionOptions.VALIDATOR_PORT)
    private int validatorPort;

    /** Runs until SIGTERM and ends with 0; ends with 1 if it cannot even start, with 2 for a wrong option. */
    public static void main(String[] args) {
        // Not System.exit: after SIGTERM the shutdown hook decides when and how the process ends.
        int code = new CommandLine(new Controller()).execute(args);
        if (code != 0) {
            Runtime.getRuntime().halt(code);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        LogLevel.set(verbosity);
        HttpLimits.set();
        NativeCryptography.install();
        return folder == null ? serveCluster() : serveFolder(folder);
    }

    private int serveCluster() throws InterruptedException {
        ControlPlane controlPlane = new ControlPlane(options(System.getenv()));
        closeAtTheEnd(controlPlane::close);
        controlPlane.start();
        LOG.info("The control plane of mesh {} runs.", meshName);
        new CountDownLatch(1).await();
        return 0;
    }

    private int serveFolder(Path from) throws InterruptedException {
        if (!Files.isDirectory(from)) {
            LOG.error("There is no folder {}; --from takes a folder of YAML.", from);
            return 1;
        }
        FolderControlPlane controlPlane;
        try {
            controlPlane = new FolderControlPlane(folderOptions(from));
        } catch (IOException | UncheckedIOException e) {
            LOG.error("Cannot start: {}", e.getMessage());
            return 1;
        }
        closeAtTheEnd(controlPlane::close);
        controlPlane.start();
        LOG.info("The control plane of mesh {} serves the folder {}.", meshName, from);
        new CountDownLatch(1).await();
        return 0;
    }

    private static void closeAtTheEnd(Runnable close) {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("shutdown").unstarted(() -> Shutdown.within(Shutdown.LONGEST, close)));
    }

    private FolderOptions folderOptions(Path from) {
        return new FolderOptions(
                new Mesh(meshName, namespace, configName, new TrustDomain(trustDomain)),
                version,
                from,
                Optional.ofNullable(stateFolder),
                listenAddress,
                xdsPort,
                statusPort,
                adminPort);
    }

    private ControllerOptions options(Map<String, String> environment) {
        if (!serviceAccount.isEmpty()) {
            LOG.debug("The service account is {}.", serviceAccount);
        }
        return new ControllerOptions(
                new Mesh(meshName, namespace, configName, new TrustDomain(trustDomain)),
                version,
                caBundleSecret,
                mutatingWebhook.isEmpty() ? "osm-webhook-" + meshName : mutatingWebhook,
                validatingWebhook.isEmpty() ? "osm-validator-mesh-" + meshName : validatingWebhook,
                validateTrafficTarget,
                new ControllerOptions.Pod(
                        environment.getOrDefault(
                                "CONTROLLER_POD_NAME",
                                "osm-controller-" + ProcessHandle.current().pid()),
                        environment.getOrDefault("CONTROLLER_POD_UID", "")),
                new ControllerOptions.Images(
                        environment.getOrDefault("OSM_DEFAULT_ENVOY_IMAGE", ""),
                        environment.getOrDefault("OSM_DEFAULT_INIT_CONTAINER_IMAGE", ""),
                        environment.getOrDefault("OSM_IMAGE_PULL_POLICY", "IfNotPresent")),
                new ControllerOptions.Ports(xdsPort, statusPort, injectorPort, validatorPort));
    }
}
