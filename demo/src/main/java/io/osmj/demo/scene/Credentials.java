package io.osmj.demo.scene;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * What a sidecar has in use.
 *
 * @param chain PEM of the certificate that it shows
 * @param roots PEM of the roots that it trusts
 */
public record Credentials(String chain, String roots) {
    private static final String SECRETS = "/config_dump?resource=dynamic_active_secrets";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Asks the sidecar; empty when it does not answer, or has none yet. */
    static Optional<Credentials> ask(Path adminSocket) {
        try {
            JsonNode dump = JSON.readTree(AdminSocket.get(adminSocket, SECRETS));
            Credentials credentials =
                    new Credentials(text(dump.findValue("certificate_chain")), text(dump.findValue("trusted_ca")));
            return credentials.chain.isEmpty() || credentials.roots.isEmpty()
                    ? Optional.empty()
                    : Optional.of(credentials);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("NullAway") // Jackson is not annotated: findValue gives null for what is not there
    private static String text(JsonNode source) {
        if (source == null) {
            return "";
        }
        return source.has("inline_bytes")
                ? new String(
                        Base64.getDecoder().decode(source.path("inline_bytes").asText()), UTF_8)
                : source.path("inline_string").asText();
    }
}
