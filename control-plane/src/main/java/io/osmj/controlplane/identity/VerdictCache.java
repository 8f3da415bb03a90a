package io.osmj.controlplane.identity;

import io.osmj.xds.serve.Authenticator.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Verdicts of the last seconds, by a hash of the token; the tokens themselves are not kept. Safe for many threads. */
final class VerdictCache {
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(Verdict verdict, Instant end) {}

    VerdictCache(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Optional<Verdict> find(String token) {
        Entry entry = entries.get(hash(token));
        return entry == null || !clock.instant().isBefore(entry.end())
                ? Optional.empty()
                : Optional.of(entry.verdict());
    }

    synchronized void put(String token, Verdict verdict, Duration life) {
        Instant now = clock.instant();
        entries.values().removeIf(entry -> !now.isBefore(entry.end()));
        if (entries.size() < MOST) {
            entries.put(hash(token), new Entry(verdict, now.plus(life)));
        }
    }

    private static String hash(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
