package io.osmj.controlplane.files;

import io.osmj.certificates.CertificateIssuer;
import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.IssuingException;
import io.osmj.certificates.ServerNames;
import io.osmj.certificates.TrustBundle;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.certificates.builtin.UnusableRootException;
import io.osmj.certificates.rotation.RotationListener;
import io.osmj.certificates.rotation.ServerKeyManager;
import io.osmj.certificates.rotation.WorkloadCertificates;
import io.osmj.core.identity.SpiffeId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mesh's trust from files. The root of the mesh may be replaced while this runs: the roots in {@code ca.crt} are what
 * proxies trust, and the one that {@code private.key} belongs to signs. The xDS server has a root of its own, which stays, so
 * that a proxy whose bootstrap was written earlier still finds it.
 */
public final class FileTrust implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileTrust.class);
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final RootFiles meshRoot;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Runnable renewed;
    private final RootCertificate xdsRoot;
    private final WorkloadCertificates workloads;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("trust-renewal").daemon().factory());
    private volatile RootCertificate root;
    private volatile BuiltInAuthority authority;
    private String trouble = "";

    /**
     * Takes over the roots, or makes them.
     *
     * @param folder with the files
     * @param validity how long certificates of workloads are valid
     * @param renewed told whenever certificates of workloads are new
     * @throws IOException if there are files that cannot be used
     */
    public FileTrust(
            Path folder, Supplier<Duration> validity, Runnable renewed, InstantSource clock, SecureRandom random)
            throws IOException {
        this.clock = clock;
        this.random = random;
        this.renewed = renewed;
        this.meshRoot = new RootFiles(folder.resolve("ca.crt"), folder.resolve("private.key"));
        this.root = meshRoot.adoptOrCreate(clock.instant(), random);
        this.authority = new BuiltInAuthority(root, clock, random);
        this.xdsRoot = new RootFiles(folder.resolve("xds.crt"), folder.resolve("xds.key"))
                .adoptOrCreate(clock.instant(), random);
        this.workloads = new WorkloadCertificates(new Current(), validity, clock, random, new Renewals());
    }

    /** Begins to look after what is due. */
    public ServerKeyManager start(ServerNames names) {
        ServerKeyManager server =
                new ServerKeyManager(new BuiltInAuthority(xdsRoot, clock, random), names, clock, random);
        var _ = thread.scheduleWithFixedDelay(
                () -> look(server), ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
        return server;
    }

    /** The certificates of workloads. */
    public WorkloadCertificates workloads() {
        return workloads;
    }

    /** What proxies are to trust of each other. */
    public TrustBundle bundle() {
        return new TrustBundle(root.trusted());
    }

    /** PEM of what a bootstrap is to trust. */
    public String xdsRoots() {
        return xdsRoot.certificatePem();
    }

    private void look(ServerKeyManager server) {
        try {
            adoptNewRoot();
            workloads.renewDue();
            server.renewDue();
        } catch (RuntimeException e) {
            LOG.error("Looking after certificates failed; it is tried again.", e);
        }
    }

    private void adoptNewRoot() {
        try {
            RootCertificate present = meshRoot.read(clock.instant());
            trouble = "";
            if (!present.trusted().equals(root.trusted())
                    || !present.certificate().equals(root.certificate())) {
                root = present;
                authority = new BuiltInAuthority(present, clock, random);
                workloads.retainOnly(Set.of());
                LOG.info("The mesh's root of trust is now {}.", present);
                renewed.run();
            }
        } catch (IOException | UnusableRootException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(trouble)) {
                LOG.warn("The files of the root cannot be used, so the root in memory stays: {}", reason);
            }
            trouble = reason;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Signs with the root that is current at the moment. */
    private final class Current implements CertificateIssuer {
        @Override
        public IssuedCertificate workload(SpiffeId id, Duration validity) {
            return authority.workload(id, validity);
        }

        @Override
        public IssuedCertificate server(ServerNames names, Duration validity) {
            return authority.server(names, validity);
        }

        @Override
        public TrustBundle trustBundle() {
            return bundle();
        }
    }

    private final class Renewals implements RotationListener {
        @Override
        public void renewed(SpiffeId id, IssuedCertificate certificate) {
            renewed.run();
        }

        @Override
        public void failed(SpiffeId id, IssuedCertificate kept, IssuingException reason) {
            LOG.warn("The certificate of {} was not renewed and ends at {}.", id, kept.notAfter(), reason);
        }
    }
}
