package io.osmj.xds.serve;

import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.xds.resource.ResourceType;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in, and as whom. */
final class AdmissionTest {
    private final TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private Status refusal(String... authorizations) {
        server.set(set(cluster("secret-plans", 1)));
        try (AdsClient client = new AdsClient(server, authorizations)) {
            client.subscribe(ResourceType.CLUSTER);
            Status status = client.end();
            assertThat(client.hasResponses()).isFalse();
            return status;
        }
    }

    @Test
    void withoutOneBearerTokenNobodyIsServed() {
        assertThat(refusal()).satisfies(status -> {
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(status.getDescription()).contains("'Bearer'");
        });
        assertThat(refusal("Basic b3NtOm9zbQ==").getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal("Bearer " + TestServer.TOKEN, "Bearer other").getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal("Bearer forged").getDescription()).contains("does not know this token");
        assertThat(server.counts().turnedAway()).isEqualTo(4);
        assertThat(server.watched()).isZero();
    }

    @Test
    void theVerdictDecidesTheStatus() {
        server.verdicts.put("of-a-deleted-pod", new Authenticator.Forbidden("the pod is gone"));
        server.verdicts.put("unlucky", new Authenticator.Unavailable("the API server does not answer"));
        assertThat(refusal("Bearer of-a-deleted-pod").getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal("bearer unlucky").getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void eachProxyGetsItsOwn() {
        ProxyIdentity other = new ProxyIdentity(new ServiceAccount("shop", "thief"), "thief-1", "uid-2");
        server.verdicts.put("other", new Authenticator.Accepted(other));
        server.set(set(cluster("mine", 1)));
        server.set(other, set(cluster("theirs", 1)));
        try (AdsClient first = new AdsClient(server);
                AdsClient second = new AdsClient(server, "Bearer other")) {
            first.subscribe(ResourceType.CLUSTER);
            second.subscribe(ResourceType.CLUSTER, "*", "mine");
            assertThat(AdsClient.names(first.read())).containsExactly("mine");
            assertThat(second.read()).satisfies(response -> {
                assertThat(AdsClient.names(response)).containsExactly("theirs");
                assertThat(response.getRemovedResourcesList()).containsExactly("mine");
            });
        }
    }

    @Test
    void withoutTlsThereIsNoAnswer() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            // At most a TLS alert (content type 21), and then the end.
            assertThat(answer.length == 0 || answer[0] == 21).isTrue();
        }
    }

    @Test
    void aRotatedCertificateIsShownFromTheNextConnectionOn() throws Exception {
        server.set(set());
        try (AdsClient open = new AdsClient(server)) {
            open.subscribe(ResourceType.CLUSTER);
            open.read();
            ServerCertificate first = server.certificate.get();
            assertThat(first).hasToString("ServerCertificate[CN=server]");
            assertThat(shown()).isEqualTo(first.chain().getFirst());

            ServerCertificate second = server.authority.serverCertificate();
            server.certificate.set(second);
            assertThat(shown()).isEqualTo(second.chain().getFirst());
            open.subscribe(ResourceType.LISTENER);
            assertThat(open.read().getTypeUrl()).isEqualTo(ResourceType.LISTENER.typeUrl());
        }
    }

    private Certificate shown() throws Exception {
        try (SSLSocket socket = (SSLSocket)
                server.authority.clientContext().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void anotherAuthorityIsNotTrusted() throws Exception {
        try (SSLSocket socket = (SSLSocket)
                new TestAuthority().clientContext().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }
}
