package io.osmj.integration.bench;

import static java.util.stream.Collectors.joining;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The leanest pair of sidecars that can be written by hand: mTLS between two connection managers with a router each, everything
 * fixed. No policy, no discovery; statistics are as Envoy keeps them when nothing is said.
 *
 * @param folder with its files
 * @param pods where it runs
 * @param log whether each request is logged, in Envoy's own format; if not, that the logs of ours are a part of what ours cost
 */
record LeanSidecars(Path folder, PodPair pods, boolean log) {
    private static final String LOG = """
            access_log: [{name: envoy.access_loggers.stdout, typed_config: {\
            "@type": type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog}}]""";

    private static final String SIDECAR = """
            static_resources:
              listeners:
              - address: {socket_address: {address: 0.0.0.0, port_value: LISTENS}}
                filter_chains:
                - name: http
                  ACCEPTING
                  filters:
                  - name: envoy.filters.network.http_connection_manager
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: http
                      generate_request_id: false
                      LOGGING
                      http_filters:
                      - name: envoy.filters.http.router
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                      route_config:
                        virtual_hosts:
            HOSTS
              clusters:
            CLUSTERS
            """;

    private static final String HOST = """
                        - {name: NAME, domains: ["DOMAIN"], routes: [{match: {prefix: /}, route: {cluster: NAME}}]}
            """;

    private static final String CLUSTER = """
              - name: NAME
                load_assignment:
                  cluster_name: NAME
                  endpoints:
                  - {lb_endpoints: [{endpoint: {address: {socket_address: {address: ADDRESS, port_value: PORT}}}}]}
                SPEAKING
            """;

    private static final String TLS = """
            transport_socket: {name: envoy.transport_sockets.tls, typed_config: {\
            "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.CONTEXT, \
            common_tls_context: {\
            tls_certificates: [{certificate_chain: {filename: FOLDER/chain.pem}, private_key: {filename: FOLDER/key.pem}}], \
            validation_context: {trusted_ca: {filename: FOLDER/root.pem}}}}}""";

    /** A root, and a certificate of it for both. */
    static LeanSidecars in(Path folder, PodPair pods, boolean log) {
        try {
            RootCertificate root = RootCertificate.create(Clock.systemUTC().instant(), new SecureRandom());
            IssuedCertificate both = new BuiltInAuthority(root, Clock.systemUTC(), new SecureRandom())
                    .workload(new ServiceAccount("bench", "lean").in(TrustDomain.CLUSTER_LOCAL), Duration.ofHours(12));
            Files.writeString(folder.resolve("root.pem"), root.certificatePem());
            Files.writeString(folder.resolve("chain.pem"), both.chainPem());
            Files.writeString(folder.resolve("key.pem"), both.privateKey().text());
            return new LeanSidecars(folder, pods, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The caller's side, which knows so many services: a cluster and a virtual host each, all of them at the one server. */
    Path caller(int services) {
        String hosts = numbered(
                services,
                number -> HOST.replace("NAME", "svc-" + number).replace("DOMAIN", number == 0 ? "*" : "svc-" + number));
        String tls = tls("UpstreamTlsContext");
        String clusters = numbered(
                services, number -> cluster("svc-" + number, pods.server().address(), tls));
        return write("caller-" + services, sidecar(15_001, "", hosts, clusters));
    }

    /** The header by which the caller's side tells a service from the others. */
    static String host(int number) {
        return "Host: svc-" + number;
    }

    /** The server's side. */
    Path server() {
        String hosts = HOST.replace("NAME", "application").replace("DOMAIN", "*");
        String tls = tls("DownstreamTlsContext, require_client_certificate: true");
        return write("server", sidecar(15_003, tls, hosts, cluster("application", "127.0.0.1", "")));
    }

    private static String numbered(int services, IntFunction<String> one) {
        return IntStream.range(0, services).mapToObj(one).collect(joining());
    }

    private String sidecar(int port, String tls, String hosts, String clusters) {
        return SIDECAR.replace("LISTENS", Integer.toString(port))
                .replace("ACCEPTING", tls)
                .replace("LOGGING", log ? LOG : "")
                .replace("HOSTS\n", hosts)
                .replace("CLUSTERS\n", clusters);
    }

    private String cluster(String name, String address, String tls) {
        return CLUSTER.replace("NAME", name)
                .replace("ADDRESS", address)
                .replace("PORT", Integer.toString(pods.server().port()))
                .replace("SPEAKING", tls);
    }

    private String tls(String context) {
        return TLS.replace("CONTEXT", context).replace("FOLDER", folder.toString());
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name + ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
