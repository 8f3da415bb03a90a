package io.osmj.integration.controlplane;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.controlplane.identity.PodTokens;
import io.osmj.controlplane.identity.TokenReviewer;
import io.osmj.controlplane.watch.KubernetesSource;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.integration.apiserver.ApiServer;
import io.osmj.objects.read.Mesh;
import io.osmj.xds.serve.Authenticator;
import io.osmj.xds.serve.Authenticator.Accepted;
import io.osmj.xds.serve.Authenticator.Refused;
import io.osmj.xds.serve.Authenticator.Unavailable;
import io.osmj.xds.serve.Authenticator.Verdict;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which tokens are believed without asking the API server, and what becomes of the others. */
@Tag("apiserver")
@ExtendWith(ApiServer.class)
class PodTokensTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KubernetesClient client;
    private final TestMesh mesh;
    private final KubernetesSource source;
    private final AtomicInteger asked = new AtomicInteger();
    private final PodTokens tokens;
    private final Pod pod;
    private final String token;

    PodTokensTest(ApiServer.Running server) {
        client = server.client();
        mesh = TestMesh.create(server);
        source = new KubernetesSource(
                client,
                new Mesh(mesh.name(), mesh.namespace(), "osm-mesh-config", new TrustDomain("cluster.local")),
                (_, _) -> {});
        TokenReviewer reviewer = new TokenReviewer(client, TestMesh.AUDIENCE, InstantSource.system());
        tokens = tokens(
                token -> {
                    asked.incrementAndGet();
                    return reviewer.authenticate(token);
                },
                InstantSource.system());
        pod = mesh.pod("store-1", "store", "10.1.0.1");
        token = mesh.token(pod);
    }

    private PodTokens tokens(Authenticator reviewer, InstantSource clock) {
        return new PodTokens(client, TestMesh.AUDIENCE, source, source, reviewer, clock);
    }

    @BeforeEach
    void watch() {
        source.start(() -> {});
        await().until(() -> source.synced() && source.lives(proxy(), accountUid()));
    }

    @AfterEach
    void close() {
        source.close();
    }

    private ProxyIdentity proxy() {
        return new ProxyIdentity(
                new ServiceAccount(mesh.workloads(), "store"),
                "store-1",
                pod.getMetadata().getUid());
    }

    private String accountUid() {
        return client.serviceAccounts()
                .inNamespace(mesh.workloads())
                .withName("store")
                .get()
                .getMetadata()
                .getUid();
    }

    @Test
    void thePodsTokenIsBelievedWithoutAQuestion() {
        assertThat(tokens.authenticate(token)).isEqualTo(new Accepted(proxy()));
        assertThat(asked).hasValue(0);
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        assertRefused(mesh.token(pod, "somebody-else"));
    }

    @Test
    void aTokenOfNoPodIsRefused() {
        assertRefused(client.serviceAccounts()
                .inNamespace(mesh.workloads())
                .withName("store")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(TestMesh.AUDIENCE)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken());
    }

    @Test
    void theTokenOfADeletedPodIsRefused() {
        mesh.delete(pod);
        await().until(() -> !source.lives(proxy(), accountUid()));
        assertRefused(token);
    }

    @Test
    void theTokenOfADeletedAccountIsRefusedEvenIfAnotherOfItsNameCame() {
        String former = accountUid();
        client.serviceAccounts().inNamespace(mesh.workloads()).withName("store").delete();
        mesh.pod("store-2", "store", "10.1.0.2");
        await().until(() -> source.lives(proxy(), accountUid()));
        assertThat(source.lives(proxy(), former)).isFalse();
        assertRefused(token);
    }

    @Test
    void anExpiredTokenIsNotBelieved() {
        Verdict left = new Unavailable("left to the API server");
        InstantSource later = () -> Instant.now().plus(Duration.ofHours(2));
        InstantSource earlier = () -> Instant.now().minus(Duration.ofHours(2));
        assertThat(tokens(_ -> left, InstantSource.system()).authenticate(token))
                .isInstanceOf(Accepted.class);
        assertThat(tokens(_ -> left, later).authenticate(token)).isEqualTo(left);
        assertThat(tokens(_ -> left, earlier).authenticate(token)).isEqualTo(left);
    }

    @Test
    void whatTheApiServerDidNotSignIsRefused() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey other = generator.generateKeyPair().getPrivate();

        assertRefused(altered(claims -> binding(claims, "pod").put("name", "store-9"), part(2)));
        String unsigned = header("RS256") + "." + part(1);
        assertRefused(unsigned + "." + BASE64.encodeToString(signature(other, unsigned)));
        assertRefused(unsigned + ".");
        assertRefused(header("none") + "." + part(1) + ".");
        assertRefused(header("none") + "." + part(1) + "." + part(2));
        String hmac = header("HS256") + "." + part(1);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(apiServersKey().getEncoded(), "HmacSHA256"));
        assertRefused(hmac + "." + BASE64.encodeToString(mac.doFinal(hmac.getBytes(US_ASCII))));
        assertRefused(token + ".");
        assertRefused(token.replace('.', ' '));
    }

    private void assertRefused(String forged) {
        int before = asked.get();
        assertThat(tokens.authenticate(forged)).isInstanceOf(Refused.class);
        assertThat(asked.get() - before).as("left to the API server").isEqualTo(1);
    }

    private String part(int index) {
        return token.split("\\.", -1)[index];
    }

    private String header(String algorithm) throws Exception {
        ObjectNode header = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(part(0)));
        return BASE64.encodeToString(JSON.writeValueAsBytes(header.put("alg", algorithm)));
    }

    private String altered(Consumer<ObjectNode> change, String signature) throws Exception {
        ObjectNode claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(part(1)));
        change.accept(claims);
        return part(0) + "." + BASE64.encodeToString(JSON.writeValueAsBytes(claims)) + "." + signature;
    }

    private static ObjectNode binding(ObjectNode claims, String kind) {
        return (ObjectNode) claims.path("kubernetes.io").path(kind);
    }

    private static byte[] signature(PrivateKey key, String text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(text.getBytes(US_ASCII));
        return signature.sign();
    }

    private PublicKey apiServersKey() throws Exception {
        JsonNode key = JSON.readTree(client.raw("/openid/v1/jwks")).path("keys").path(0);
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    }

    private static BigInteger number(JsonNode key, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(field).asText()));
    }
}
