package io.osmj.objects.read;

import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds that are taken for OSM's sake and not acted on. Whoever writes such an object is told that nothing comes of it. */
public enum UnheededKind {
    TELEMETRY("Telemetry", "telemetries", "all proxies write the same"),
    EXTENSION_SERVICE("ExtensionService", "extensionservices", "no proxy is told of that service"),
    MESH_ROOT_CERTIFICATE("MeshRootCertificate", "meshrootcertificates", "the authority is the built-in one");

    private final String kind;
    private final String plural;
    private final String effect;

    UnheededKind(String kind, String plural, String effect) {
        this.kind = kind;
        this.plural = plural;
        this.effect = effect;
    }

    /** The kind of this name in an API group, if it is one of them. */
    public static Optional<UnheededKind> of(String group, String kind) {
        return Stream.of(values())
                .filter(each -> each.group().equals(group) && each.kind.equals(kind))
                .findFirst();
    }

    /** Its API group. */
    public String group() {
        return configures() ? "config.openservicemesh.io" : "policy.openservicemesh.io";
    }

    /** The version in which it is served. */
    public String version() {
        return configures() ? "v1alpha2" : "v1alpha1";
    }

    private boolean configures() {
        return this == EXTENSION_SERVICE || this == MESH_ROOT_CERTIFICATE;
    }

    /** Its name. */
    public String kind() {
        return kind;
    }

    /** Its name in paths. */
    public String plural() {
        return plural;
    }

    /** What is to be said of each object of this kind. */
    public Problem problem(String namespace, String name) {
        return new Problem(
                ProblemCode.M2016,
                new ObjectRef(kind, namespace, name),
                "kind",
                "The mesh does not act on objects of this kind yet: " + effect + ".",
                "Take it out, so that nobody relies on it.");
    }
}
