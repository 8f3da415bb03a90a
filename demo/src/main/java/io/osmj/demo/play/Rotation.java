package io.osmj.demo.play;

import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.demo.scene.Credentials;
import io.osmj.demo.scene.RootFolder;
import io.osmj.demo.scene.Scene;
import io.osmj.demo.scene.Waiting;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Replaces the mesh's root of trust without a moment in which peers distrust each other: trust both, then sign with the new
 * one, then trust it alone. Each part waits until every sidecar has in use what the part before brought.
 */
final class Rotation {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Scene scene;

    Rotation(Scene scene) {
        this.scene = scene;
    }

    /** Rotates; what did not happen in time, or nothing. */
    String run() {
        RootFolder files = scene.controlPlane().root();
        RootCertificate old = files.read();
        RootCertificate next = RootCertificate.create(Clock.systemUTC().instant(), new SecureRandom());
        String trusted = next.certificatePem().strip();
        Map<String, String> before = new HashMap<>();
        scene.credentials().forEach((name, credentials) -> before.put(name, credentials.chain()));

        files.trust(old.certificatePem() + next.certificatePem());
        if (!all((_, now) -> now.roots().contains(trusted))) {
            return "the new root did not reach every sidecar";
        }
        files.sign(next);
        if (!all((name, now) -> !now.chain().equals(before.get(name)))) {
            return "not every sidecar got a certificate of the new root";
        }
        files.trust(next.certificatePem());
        return all((_, now) -> now.roots().strip().equals(trusted)) ? "" : "the old root is still trusted";
    }

    private boolean all(BiPredicate<String, Credentials> condition) {
        return Waiting.until(LIMIT, () -> {
            Map<String, Credentials> now = scene.credentials();
            return now.size() == scene.members()
                    && now.entrySet().stream().allMatch(entry -> condition.test(entry.getKey(), entry.getValue()));
        });
    }
}
