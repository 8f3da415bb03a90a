import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * What a control plane goes through soon after it has started: a mesh of two workloads, their proxies connect, pods ask for a
 * sidecar, objects change. It is there so that the classes for that get loaded, and are in the archive of the image.
 *
 * <p>Arguments: a key store (PKCS 12) with a certificate for 127.0.0.1, its password, and where to write a kubeconfig. Prints the ports
 * that the control plane is to take, of xDS and of the webhook for pods. The last step is a request that the control plane
 * complains about, so that its log shows when everything was done. Ends with its standard input.
 */
final class Rehearsal {
    private static final KeyPair SIGNING = rsa();

    private Rehearsal() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        char[] password = arguments[1].toCharArray();
        KeyStore key = KeyStore.getInstance(Path.of(arguments[0]).toFile(), password);
        PlayedApiServer api = new PlayedApiServer(PlayedObjects.pages(jwks()), key, password);
        byte[] certificate = key.getCertificate(key.aliases().nextElement()).getEncoded();
        Files.writeString(Path.of(arguments[2]), PlayedObjects.kubeconfig(api.port(), pem(certificate)));
        int xds = freePort();
        int injector = freePort();
        System.out.println(xds + " " + injector);
        Thread.ofPlatform().daemon().start(() -> play(api, xds, injector));
        var _ = System.in.readAllBytes();
    }

    private static void play(PlayedApiServer api, int xds, int injector) {
        try (PlayedProxy one = new PlayedProxy(xds, token("one"));
                PlayedProxy two = new PlayedProxy(xds, token("two"))) {
            for (PlayedProxy proxy : List.of(one, two)) {
                proxy.awaits("config.cluster.v3.Cluster", 1);
                proxy.awaits("config.listener.v3.Listener", 1);
                proxy.ask("config.route.v3.RouteConfiguration", List.of("rds-inbound.8080"));
                proxy.ask("extensions.transport_sockets.tls.v3.Secret", List.of("service-cert", "root-cert"));
                proxy.awaits("extensions.transport_sockets.tls.v3.Secret", 1);
            }
            one.awaits("config.endpoint.v3.ClusterLoadAssignment", 1);
            for (Map.Entry<String, String> change : PlayedObjects.changes().entrySet()) {
                api.event(change.getKey(), "MODIFIED", change.getValue());
            }
            one.awaits("config.endpoint.v3.ClusterLoadAssignment", 2);
            api.event("/api/v1/pods", "DELETED", PlayedObjects.pod("two", "10.0.0.2", 4));
            review(injector, PlayedObjects.review());
            review(injector, "{}");
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    private static void review(int port, String body) throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/mutate-pod-creation"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body));
            String answer = client.send(request.build(), BodyHandlers.ofString()).body();
            if (!body.equals("{}") && !answer.contains("\"patch\"")) {
                throw new IllegalStateException("the pod got no sidecar: " + answer);
            }
        }
    }

    /** As the API server signs it for a pod's projected volume. */
    private static String token(String name) throws Exception {
        long now = System.currentTimeMillis() / 1000;
        String claims = """
                {"iss":"https://rehearsal","aud":["osm-controller"],"nbf":%d,"exp":%d,"sub":"system:serviceaccount:demo:%s",
                 "kubernetes.io":{"namespace":"demo","serviceaccount":{"name":"%s","uid":"account-%s"},
                 "pod":{"name":"%s","uid":"pod-%s"}}}""".formatted(now - 60, now + 3600, name, name, name, name, name);
        String signed = base64("{\"alg\":\"RS256\",\"kid\":\"rehearsal\"}".getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(SIGNING.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + base64(signature.sign());
    }

    private static String jwks() {
        RSAPublicKey key = (RSAPublicKey) SIGNING.getPublic();
        return """
                {"keys":[{"kty":"RSA","alg":"RS256","kid":"rehearsal","n":"%s","e":"%s"}]}"""
                .formatted(base64(key.getModulus().toByteArray()), base64(key.getPublicExponent().toByteArray()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String pem(byte[] certificate) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }

    private static KeyPair rsa() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
