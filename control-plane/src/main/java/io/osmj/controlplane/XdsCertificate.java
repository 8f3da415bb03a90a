package io.osmj.controlplane;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.IssuingException;
import io.osmj.certificates.rotation.ServerKeyManager;
import io.osmj.xds.serve.ServerCertificate;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The renewed certificate of the xDS server in the form that its transport takes. */
final class XdsCertificate implements Supplier<ServerCertificate> {
    private final ServerKeyManager keys;
    private volatile @Nullable Read last;

    private record Read(IssuedCertificate issued, ServerCertificate certificate) {}

    XdsCertificate(ServerKeyManager keys) {
        this.keys = keys;
    }

    @Override
    public ServerCertificate get() {
        IssuedCertificate issued = keys.certificate();
        Read read = last;
        if (read == null || !read.issued().equals(issued)) {
            read = new Read(issued, read(issued));
            last = read;
        }
        return read.certificate();
    }

    private static ServerCertificate read(IssuedCertificate issued) {
        try {
            String algorithm = issued.certificate().getPublicKey().getAlgorithm();
            return new ServerCertificate(issued.privateKey().key(algorithm), issued.chain());
        } catch (GeneralSecurityException e) {
            throw new IssuingException("The issuer handed out a server key that cannot be read.", e);
        }
    }
}
