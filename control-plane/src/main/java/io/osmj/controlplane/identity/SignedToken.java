package io.osmj.controlplane.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the API server wrote into a token. Pure.
 *
 * @param proxy the pod it is bound to
 * @param accountUid of the pod's service account
 */
record SignedToken(ProxyIdentity proxy, String accountUid) {
    private static final int LONGEST = 16 << 10;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Reads a token (RFC 7519) if it is signed by one of these keys, is made for this audience, is valid now, and is bound to a
     * pod. Empty means no more than that nothing is known of it: it may be good in ways that are not looked for here.
     */
    static Optional<SignedToken> read(String token, SigningKeys keys, String audience, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (token.length() > LONGEST || parts.length != 3) {
            return Optional.empty();
        }
        try {
            if (!isSigned(parts, keys)) {
                return Optional.empty();
            }
            JsonNode claims = json(parts[1]);
            return isFor(claims, keys.issuer(), audience, now) ? bound(claims) : Optional.empty();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The one algorithm is ours to choose: what the token says of it must not decide how its signature is looked at. */
    private static boolean isSigned(String[] parts, SigningKeys keys) throws IOException, GeneralSecurityException {
        JsonNode header = json(parts[0]);
        PublicKey key = keys.byId().get(header.path("kid").asText());
        if (key == null || !header.path("alg").asText().equals("RS256") || header.has("crit")) {
            return false;
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private static boolean isFor(JsonNode claims, String issuer, String audience, Instant now) {
        JsonNode end = claims.path("exp");
        JsonNode start = claims.path("nbf");
        return !issuer.isEmpty()
                && claims.path("iss").asText().equals(issuer)
                && StreamSupport.stream(claims.path("aud").spliterator(), false)
                        .anyMatch(one -> one.asText().equals(audience))
                && end.isIntegralNumber()
                && start.isIntegralNumber()
                && now.getEpochSecond() < end.asLong()
                && now.getEpochSecond() >= start.asLong();
    }

    private static Optional<SignedToken> bound(JsonNode claims) {
        JsonNode binding = claims.path("kubernetes.io");
        String namespace = binding.path("namespace").asText();
        String account = binding.path("serviceaccount").path("name").asText();
        String accountUid = binding.path("serviceaccount").path("uid").asText();
        String pod = binding.path("pod").path("name").asText();
        String podUid = binding.path("pod").path("uid").asText();
        boolean whole = Stream.of(namespace, account, accountUid, pod, podUid).noneMatch(String::isEmpty)
                && claims.path("sub").asText().equals(ReviewedToken.ACCOUNT + namespace + ":" + account);
        return whole
                ? Optional.of(new SignedToken(
                        new ProxyIdentity(new ServiceAccount(namespace, account), pod, podUid), accountUid))
                : Optional.empty();
    }

    private static JsonNode json(String part) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }
}
