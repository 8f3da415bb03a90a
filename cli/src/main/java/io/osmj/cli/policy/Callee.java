package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.session.Failure;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.service.MeshService;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is called. */
sealed interface Callee {
    /** In a word, which protocol is spoken with it as far as the mesh knows. */
    String protocol();

    /**
     * A service of the mesh.
     *
     * @param port one of its ports
     */
    record Service(MeshService port) implements Callee {
        @Override
        public String protocol() {
            return port.protocol().word();
        }

        @Override
        public String toString() {
            return port.namespace() + "/" + port.name() + ":" + port.port();
        }
    }

    /**
     * Something outside the mesh.
     *
     * @param host a DNS name in lower case, or an IPv4 address
     * @param port 1 to 65535
     */
    record Outside(String host, int port) implements Callee {
        boolean byAddress() {
            return Cidr.parse(host + "/32").isPresent();
        }

        @Override
        public String protocol() {
            return "outside the mesh";
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * What a word means: {@code NAMESPACE/SERVICE:PORT}, where the port may be left out if there is one only, or {@code HOST:PORT},
     * which is a service of the mesh if it is a name or an address of one.
     *
     * @throws Failure if there is none
     */
    static Callee of(String word, Pipeline pipeline) {
        var host = Words.HOST.matcher(word);
        if (host.matches()) {
            String name = host.group(1).toLowerCase(Locale.ROOT);
            int port = Integer.parseInt(host.group(2));
            return Words.ofMesh(name, port, pipeline)
                    .<Callee>map(Service::new)
                    .orElseGet(() -> new Outside(name, port));
        }
        return new Service(Words.service(word, pipeline));
    }

    /** How callees are written. */
    final class Words {
        private static final Pattern SERVICE = Pattern.compile("([^/]+)/([^/:]+)(?::(\\d+))?");
        private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+?)\\.?:(\\d{1,5})");
        private static final List<String> SUFFIXES = List.of("", ".svc", ".svc.cluster.local");

        private Words() {}

        private static Optional<MeshService> ofMesh(String host, int port, Pipeline pipeline) {
            return pipeline.model().services().stream()
                    .filter(service -> (service.port() == port && names(service).anyMatch(host::equals))
                            || service.endpoints().stream()
                                    .anyMatch(pod ->
                                            pod.port() == port && pod.address().equals(host)))
                    .findFirst();
        }

        private static Stream<String> names(MeshService service) {
            return Stream.concat(
                    service.clusterIps().stream(),
                    SUFFIXES.stream().map(suffix -> service.name() + "." + service.namespace() + suffix));
        }

        private static MeshService service(String word, Pipeline pipeline) {
            var parts = SERVICE.matcher(word);
            if (!parts.matches()) {
                throw new Failure("'" + word + "' is neither of the form NAMESPACE/SERVICE:PORT nor HOST:PORT");
            }
            List<MeshService> ports = pipeline.model().services().stream()
                    .filter(service -> service.namespace().equals(parts.group(1))
                            && service.name().equals(parts.group(2)))
                    .toList();
            if (ports.isEmpty()) {
                throw new Failure("there is no service " + parts.group(1) + "/" + parts.group(2)
                        + " in the mesh of this folder; there are "
                        + labels(pipeline.model().services()));
            }
            if (parts.group(3) == null && ports.size() == 1) {
                return ports.getFirst();
            }
            return ports.stream()
                    .filter(service -> String.valueOf(service.port()).equals(parts.group(3)))
                    .findFirst()
                    .orElseThrow(() -> new Failure("say which port is called; there are " + labels(ports)));
        }

        private static String labels(List<MeshService> services) {
            return String.join(
                    ", ",
                    services.stream()
                            .map(service -> new Service(service).toString())
                            .distinct()
                            .toList());
        }
    }
}
