package io.osmj.controlplane.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that the API server signs tokens with, fetched when they are needed and anew when they are old. */
final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A key that was taken out of service is believed no longer than this. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final InstantSource clock;
    private Optional<SigningKeys> keys = Optional.empty();
    private Instant due = Instant.MIN;

    KeyRing(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** The keys; empty while they cannot be had. Asks the API server now and then, so it may take as long as its client does. */
    synchronized Optional<SigningKeys> current() {
        if (!clock.instant().isBefore(due)) {
            Optional<SigningKeys> fetched = fetch();
            if (!fetched.equals(keys)) {
                fetched.ifPresent(now -> LOG.info(
                        "Tokens of {} are believed by its keys {}.",
                        now.issuer(),
                        now.byId().keySet()));
            }
            keys = fetched;
            due = clock.instant().plus(keys.isPresent() ? GOOD_FOR : PAUSE);
        }
        return keys;
    }

    private Optional<SigningKeys> fetch() {
        try {
            return Optional.of(SigningKeys.read(get("/.well-known/openid-configuration"), get("/openid/v1/jwks")));
        } catch (KubernetesClientException | IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.warn("The API server's keys cannot be had; it is asked about each token: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private JsonNode get(String page) throws IOException {
        String text = client.raw(page);
        if (text == null) {
            throw new IOException("there is no " + page);
        }
        return JSON.readTree(text);
    }
}
