package io.osmj.demo.scene;

import io.osmj.certificates.PrivateKeyPem;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.certificates.builtin.UnusableRootException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

/** The mesh's root of trust in two files. All roots in the one are trusted; the one that the key belongs to signs. */
public final class RootFolder {
    private static final String CERTIFICATES = "ca.crt";
    private static final String KEY = "private.key";

    private final Path folder;

    RootFolder(Path folder) {
        this.folder = folder;
    }

    /** The root that signs. */
    public RootCertificate read() {
        try {
            return RootCertificate.read(
                    Files.readString(folder.resolve(CERTIFICATES)),
                    new PrivateKeyPem(Files.readString(folder.resolve(KEY))),
                    Clock.systemUTC().instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnusableRootException e) {
            throw new IllegalStateException("the root of trust cannot be used: " + e.getMessage(), e);
        }
    }

    /** Trusts exactly these from now on. */
    public void trust(String certificates) {
        write(CERTIFICATES, certificates);
    }

    /** Signs with this one from now on; it must be trusted already. */
    public void sign(RootCertificate root) {
        write(KEY, root.keyPem().text());
    }

    private void write(String name, String text) {
        try {
            var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Path whole = folder.resolve("." + name + ".new");
            Files.deleteIfExists(whole);
            Files.writeString(Files.createFile(whole, own), text);
            Files.move(whole, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
