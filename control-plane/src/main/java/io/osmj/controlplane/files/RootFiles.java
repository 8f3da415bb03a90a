package io.osmj.controlplane.files;

import io.osmj.certificates.PrivateKeyPem;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.certificates.builtin.UnusableRootException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;

/** A root of trust in two files, as a Secret has it in two entries. */
final class RootFiles {
    private final Path certificate;
    private final Path key;

    RootFiles(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * The root in the files, or a new one if there is no certificate.
     *
     * @throws IOException if there are files that cannot be used; none is made then, it would cut running proxies off
     */
    RootCertificate adoptOrCreate(Instant now, SecureRandom random) throws IOException {
        if (Files.notExists(certificate)) {
            RootCertificate made = RootCertificate.create(now, random);
            // The key first: a key alone was never in use, whatever ended the process before.
            StateFolder.write(key, made.keyPem().text());
            StateFolder.write(certificate, made.certificatePem());
            return made;
        }
        try {
            return read(now);
        } catch (UnusableRootException e) {
            throw new IOException(
                    "the root in " + certificate + " and " + key + " cannot be used: " + e.getMessage()
                            + " Restore the files, or delete both and start every Envoy again.",
                    e);
        }
    }

    RootCertificate read(Instant now) throws IOException, UnusableRootException {
        return RootCertificate.read(Files.readString(certificate), new PrivateKeyPem(Files.readString(key)), now);
    }
}
