package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.session.Failure;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.MeshService;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is called. */
sealed interface Callee {
    /** {@code NAMESPACE/SERVICE:PORT}. */
    Pattern WORD = Pattern.compile("([^/]+)/([^/:]+)(?::(\\d+))?");

    /** {@code HOST:PORT}. */
    Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+?)\\.?:(\\d{1,5})");

    /** What a service's name in its namespace is followed by in DNS. */
    List<String> SUFFIXES = List.of("", ".svc", ".svc.cluster.local");

    /** What is called, with what is spoken there as far as it is known. */
    @Override
    String toString();

    /** What is spoken there in a word; empty when it is not known. */
    String protocol();

    /** A port of a service of the mesh. */
    record Member(MeshService service) implements Callee {
        @Override
        public String protocol() {
            return service.protocol().word();
        }

        @Override
        public String toString() {
            return name(service);
        }
    }

    /**
     * A service in a namespace that does not belong to the mesh.
     *
     * @param word what it was called
     * @param reason why the namespace does not belong, and how to add it
     */
    record Outsider(String word, String reason) implements Callee {
        @Override
        public String protocol() {
            return "";
        }

        @Override
        public String toString() {
            return word + " (outside of the mesh)";
        }
    }

    /**
     * Something that is no service of Kubernetes, as far as the folder tells.
     *
     * @param host a DNS name in lower case, or an IPv4 address
     * @param port 1 to 65535
     */
    record External(String host, int port) implements Callee {
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
        var host = HOST.matcher(word);
        if (host.matches()) {
            String name = host.group(1).toLowerCase(Locale.ROOT);
            int port = Integer.parseInt(host.group(2));
            return ofMesh(name, port, pipeline).<Callee>map(Member::new).orElseGet(() -> new External(name, port));
        }
        var parts = WORD.matcher(word);
        if (!parts.matches()) {
            throw new Failure("'" + word + "' is neither of the form NAMESPACE/SERVICE:PORT nor HOST:PORT");
        }
        Optional<String> outside = pipeline.seen().outside(parts.group(1));
        return outside.isPresent()
                ? outsider(parts, outside.get(), pipeline)
                : new Member(member(parts, pipeline.model().services()));
    }

    private static Optional<MeshService> ofMesh(String host, int port, Pipeline pipeline) {
        return pipeline.model().services().stream()
                .filter(service -> (service.port() == port && called(service).anyMatch(host::equals))
                        || service.endpoints().stream()
                                .anyMatch(pod ->
                                        pod.port() == port && pod.address().equals(host)))
                .findFirst();
    }

    private static Stream<String> called(MeshService service) {
        return Stream.concat(
                service.clusterIps().stream(),
                SUFFIXES.stream().map(suffix -> service.name() + "." + service.namespace() + suffix));
    }

    private static Callee outsider(MatchResult parts, String reason, Pipeline pipeline) {
        String name = parts.group(1) + "/" + parts.group(2);
        if (pipeline.seen()
                .whereIs(new ObjectRef("Service", parts.group(1), parts.group(2)))
                .isEmpty()) {
            throw new Failure("there is no service " + name + " in this folder. " + reason);
        }
        return new Outsider(parts.group(), reason);
    }

    private static MeshService member(MatchResult parts, List<MeshService> services) {
        List<MeshService> ports = services.stream()
                .filter(service -> service.namespace().equals(parts.group(1))
                        && service.name().equals(parts.group(2)))
                .toList();
        if (ports.isEmpty()) {
            throw new Failure("there is no service " + parts.group(1) + "/" + parts.group(2)
                    + " in the mesh of this folder; there are " + names(services));
        }
        if (parts.group(3) == null && ports.size() == 1) {
            return ports.getFirst();
        }
        return ports.stream()
                .filter(service -> String.valueOf(service.port()).equals(parts.group(3)))
                .findFirst()
                .orElseThrow(() -> new Failure("say which port is called; there are " + names(ports)));
    }

    private static String names(List<MeshService> services) {
        return String.join(", ", services.stream().map(Callee::name).distinct().toList());
    }

    private static String name(MeshService service) {
        return service.namespace() + "/" + service.name() + ":" + service.port();
    }
}
