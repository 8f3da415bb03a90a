package io.osmj.controlplane.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * With what the API server signs tokens.
 *
 * @param issuer the name it signs them under
 * @param byId its RSA keys, by the name that tokens call them
 */
record SigningKeys(String issuer, Map<String, PublicKey> byId) {
    private static final int FEWEST_BITS = 2_048;

    SigningKeys {
        byId = Map.copyOf(byId);
    }

    /**
     * What the API server publishes of itself (OpenID Connect Discovery 1.0, RFC 7517). Keys of other kinds are left out.
     *
     * @throws GeneralSecurityException if a key is none
     * @throws IllegalArgumentException if a number in it is none
     */
    static SigningKeys read(JsonNode configuration, JsonNode keySet) throws GeneralSecurityException {
        Map<String, PublicKey> byId = new HashMap<>();
        for (JsonNode key : keySet.path("keys")) {
            BigInteger modulus = number(key.path("n"));
            if (key.path("kty").asText().equals("RSA")
                    && key.path("alg").asText().equals("RS256")
                    && modulus.bitLength() >= FEWEST_BITS) {
                byId.put(
                        key.path("kid").asText(),
                        KeyFactory.getInstance("RSA")
                                .generatePublic(new RSAPublicKeySpec(modulus, number(key.path("e")))));
            }
        }
        return new SigningKeys(configuration.path("issuer").asText(), byId);
    }

    private static BigInteger number(JsonNode text) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(text.asText()));
    }
}
