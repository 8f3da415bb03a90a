package io.osmj.controlplane.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.state.PodState;
import io.osmj.xds.serve.Authenticator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token for each pod, made by chance and kept in a file that only the user of this process can read. Whoever can read it may
 * speak for the pod, which is what a kubelet's token means in a cluster.
 */
final class FileTokens implements Authenticator {
    private static final int BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

    private final Path folder;
    private final SecureRandom random;
    private volatile @Nullable Map<String, Bearer> bearers;

    /** The digest is kept, so that a look into memory or a log of this record shows no token. */
    private static final class Bearer {
        private final byte[] digest;
        private final ProxyIdentity proxy;

        Bearer(byte[] digest, ProxyIdentity proxy) {
            this.digest = digest;
            this.proxy = proxy;
        }
    }

    FileTokens(Path folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
    }

    /** The file of a pod's token. */
    Path file(PodState pod) {
        return folder.resolve(name(pod));
    }

    static String name(PodState pod) {
        return pod.namespace() + "." + pod.name();
    }

    /** Gives a token to each of these pods that has none, and takes away those of all others. */
    synchronized void keep(Collection<PodState> pods) {
        Map<String, Bearer> next = new TreeMap<>();
        for (PodState pod : pods) {
            ProxyIdentity proxy = new ProxyIdentity(pod.account(), pod.name(), pod.uid());
            next.put(name(pod), new Bearer(digest(token(file(pod))), proxy));
        }
        StateFolder.keepOnly(folder, next.keySet());
        bearers = next;
    }

    /** A token stays when the process is started again, so that Envoys that run need not be. */
    private String token(Path file) {
        try {
            String present = Files.readString(file, UTF_8).strip();
            if (TOKEN.matcher(present).matches()) {
                return present;
            }
        } catch (NoSuchFileException e) {
            // The usual case: the pod is new.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        StateFolder.write(file, token);
        return token;
    }

    /** Every digest is compared in full, so the time it takes tells nothing about any token. */
    @Override
    public Verdict authenticate(String token) {
        Map<String, Bearer> known = bearers;
        if (known == null) {
            return new Unavailable("the folder was not read yet");
        }
        byte[] shown = digest(token);
        Verdict verdict =
                new Refused("the token is not that of a pod of the folder; start the proxy with the bootstrap that"
                        + " the control plane wrote for it");
        for (Bearer bearer : known.values()) {
            if (MessageDigest.isEqual(bearer.digest, shown)) {
                verdict = new Accepted(bearer.proxy);
            }
        }
        return verdict;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
