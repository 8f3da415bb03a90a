package io.osmj.controlplane.files;

import io.osmj.core.state.PodState;
import io.osmj.xds.serve.Authenticator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the process keeps in files: what is where is told in the description of this package. */
public final class LocalState implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalState.class);
    private static final String READY = "ready";

    private final StateFolder folder;
    private final boolean passing;
    private final String meshNamespace;
    private final FileTrust trust;
    private final FileTokens tokens;
    private volatile @Nullable Bootstraps bootstraps;

    private LocalState(StateFolder folder, boolean passing, String meshNamespace, FileTrust trust, FileTokens tokens) {
        this.folder = folder;
        this.passing = passing;
        this.meshNamespace = meshNamespace;
        this.trust = trust;
        this.tokens = tokens;
    }

    /**
     * Takes the folder over, or makes it.
     *
     * @param path where it is; empty for one that goes with the process
     * @param validity how long certificates of workloads are valid
     * @param renewed told whenever certificates of workloads are new
     * @param meshNamespace of the control plane, for the name in its certificate
     * @throws IOException if it cannot be used, or another process uses it
     */
    public static LocalState open(
            Optional<Path> path,
            Supplier<Duration> validity,
            Runnable renewed,
            String meshNamespace,
            InstantSource clock)
            throws IOException {
        Path root = path.isPresent() ? path.get().toAbsolutePath() : Files.createTempDirectory("osm-controller-");
        StateFolder folder = StateFolder.take(root);
        StateFolder.delete(root.resolve(READY));
        SecureRandom random = new SecureRandom();
        FileTrust trust = new FileTrust(folder.folder("ca"), validity, renewed, clock, random);
        FileTokens tokens = new FileTokens(folder.folder("tokens"), random);
        LOG.info("Tokens, bootstraps and the root of trust are in {}.", root);
        return new LocalState(folder, path.isEmpty(), meshNamespace, trust, tokens);
    }

    /** The mesh's trust. */
    public FileTrust trust() {
        return trust;
    }

    /** Who a proxy is. */
    public Authenticator tokens() {
        return tokens;
    }

    /** From now on bootstraps can be written. */
    public void serves(String target, int adminPort) {
        bootstraps = new Bootstraps(
                folder.folder("bootstrap"),
                tokens,
                new Bootstraps.Settings(meshNamespace, target, trust.xdsRoots(), adminPort));
    }

    /** Keeps a token for each of these pods that is served, a bootstrap for each that has a sidecar, and for no other. */
    public void keep(List<PodState> pods) {
        tokens.keep(pods.stream().filter(PodState::served).toList());
        Bootstraps writer = bootstraps;
        if (writer != null) {
            writer.keep(pods.stream().filter(PodState::meshed).toList());
        }
    }

    /** Says that proxies are served, and where. */
    public void ready(int xdsPort, int statusPort) {
        StateFolder.write(folder.path().resolve(READY), "xds=" + xdsPort + "\nstatus=" + statusPort + "\n");
    }

    /** Proxies are not served any more. */
    public void ending() {
        StateFolder.delete(folder.path().resolve(READY));
    }

    @Override
    public void close() {
        trust.close();
        folder.close();
        if (passing) {
            remove(folder.path());
        }
    }

    private static void remove(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            all.sorted((first, second) -> second.compareTo(first)).forEach(StateFolder::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
