package io.osmj.cli.session;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientImpl;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HostnameVerifier;
import okhttp3.OkHttpClient;

/** The connections of a command to the API server. */
final class Transport {
    private Transport() {}

    /**
     * A client of HTTP with what the config says of TLS, proxies and credentials. The library knows the {@code tls-server-name} of a
     * cluster and does not heed it: it would trust the certificate of whoever is at the address.
     */
    static HttpClient to(Config asked) {
        var parts = new OkHttpClientFactory().newBuilder(asked);
        HttpClient.Builder builder = parts;
        var made = builder.build();
        var name = asked.getTlsServerName();
        if (name == null || name.isEmpty()) {
            return made;
        }
        return new OkHttpClientImpl(
                named(((OkHttpClientImpl) made).getOkHttpClient(), name), parts, new AtomicBoolean());
    }

    /** Takes the API server for one of this name, wherever it is. */
    private static OkHttpClient named(OkHttpClient client, String name) {
        HostnameVerifier verifier = client.hostnameVerifier();
        return client.newBuilder()
                .sslSocketFactory(
                        new NamedSockets(client.sslSocketFactory(), name),
                        Objects.requireNonNull(client.x509TrustManager()))
                .hostnameVerifier((_, session) -> verifier.verify(name, session))
                .build();
    }
}
