package io.osmj.integration.folder;

import static org.awaitility.Awaitility.await;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.PrivateKeyPem;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.certificates.builtin.UnusableRootException;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;

/** A folder of YAML with the control plane that serves it and the Envoy of one of its pods, all in one network. */
final class ServedFolder implements AutoCloseable {
    /** Until what was written into the folder is in force. */
    static final Duration SOON = Duration.ofSeconds(60);

    private static final String ENVOY =
            System.getProperty("osm.envoy", System.getProperty("user.home") + "/.cache/osm-java/envoy-1.40.0/envoy");

    private final PodNetwork network = new PodNetwork();
    private final Path work;
    private final Path folder;
    private final Path state;

    /** What a caller shows of itself. */
    record Papers(Path chain, Path key) {}

    /** An empty folder that nobody serves yet, and everybody's files beside it. */
    ServedFolder(Path work) throws IOException {
        this.work = work;
        this.folder = Files.createDirectory(work.resolve("folder"));
        this.state = work.resolve("state");
    }

    PodNetwork network() {
        return network;
    }

    /** A file of the folder, whether it is there or not. */
    Path file(String name) {
        return folder.resolve(name);
    }

    void write(String file, String yaml) throws IOException {
        Files.writeString(file(file), yaml);
    }

    /** Where the control plane keeps its files. */
    Path state() {
        return state;
    }

    /** What the control plane logged. */
    String log() throws IOException {
        return Files.readString(work.resolve("controller.log"));
    }

    /**
     * Serves the folder; when this returns, the Envoy of a pod listens.
     *
     * @param pod as {@code namespace.name}
     * @param more what else its Envoy is told
     */
    void serve(String pod, String... more) {
        network.start(work.resolve("controller.log"), FolderProgram.command(folder, state));
        await("ready").atMost(SOON).until(() -> Files.exists(state.resolve("ready")));
        String bootstrap = state.resolve("bootstrap/" + pod + ".yaml").toString();
        network.start(
                work.resolve("envoy.log"),
                Stream.concat(
                                Stream.of(ENVOY, "--disable-hot-restart", "--concurrency", "1", "-c", bootstrap),
                                Stream.of(more))
                        .toList());
        await("listening").atMost(SOON).until(() -> envoy("/listeners").contains("inbound-listener"));
    }

    /** A page of Envoy's administration. */
    String envoy(String path) {
        return page("15000" + path);
    }

    /** A page of the control plane. */
    String status(String path) {
        return page("9091" + path);
    }

    private String page(String where) {
        return network.run("curl", "-s", "--max-time", "10", "http://127.0.0.1:" + where)
                .output();
    }

    /** The root that the control plane signs with. */
    RootCertificate root() throws IOException {
        try {
            PrivateKeyPem key = new PrivateKeyPem(Files.readString(state.resolve("ca/private.key")));
            String roots = Files.readString(state.resolve("ca/ca.crt"));
            return RootCertificate.read(roots, key, Clock.systemUTC().instant());
        } catch (UnusableRootException e) {
            throw new AssertionError(e);
        }
    }

    /** Papers of a service account by this root, in place of those that were made last. */
    Papers papers(RootCertificate root, ServiceAccount account) {
        IssuedCertificate certificate = new BuiltInAuthority(root, Clock.systemUTC(), new SecureRandom())
                .workload(account.in(TrustDomain.CLUSTER_LOCAL), Duration.ofHours(1));
        try {
            return new Papers(
                    Files.writeString(work.resolve("client.crt"), certificate.chainPem()),
                    Files.writeString(
                            work.resolve("client.key"), certificate.privateKey().text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
