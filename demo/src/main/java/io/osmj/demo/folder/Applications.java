package io.osmj.demo.folder;

import static java.util.stream.Collectors.joining;

import io.osmj.core.names.Annotations;
import java.util.Collection;

/** The texts of the applications: what kubectl would apply, and what a cluster would add to it. */
final class Applications {
    private static final String END = "---\n";

    private Applications() {}

    /**
     * All of them.
     *
     * @param dapr whether each has what Dapr's injector and operator add: a daprd, and the headless Service of daprds
     */
    static String text(Collection<Member> members, boolean dapr) {
        String namespace = """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %s
                  labels: {openservicemesh.io/monitored-by: osm}
                  annotations: {openservicemesh.io/sidecar-injection: enabled}
                """.formatted(Member.NAMESPACE);
        return namespace
                + members.stream()
                        .map(member -> END + application(member, dapr) + (dapr ? END + daprService(member) : ""))
                        .collect(joining());
    }

    private static String application(Member member, boolean dapr) {
        String name = member.name();
        return """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: NAME, namespace: NAMESPACE}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: NAME, namespace: NAMESPACE}
                spec:
                  clusterIP: SERVICE-ADDRESS
                  selector: {app: NAME}
                  ports: [{name: http, port: PORT, targetPort: PORT}]
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: NAME
                  namespace: NAMESPACE
                  labels: {app: NAME}
                  annotations: {ANNOTATIONS}
                spec:
                  serviceAccountName: NAME
                  containers:
                  - name: NAME
                    image: demo/NAME
                    ports: [{containerPort: PORT}]
                status: {podIP: POD-ADDRESS}
                """.replace("SERVICE-ADDRESS", member.serviceAddress())
                .replace("POD-ADDRESS", member.podAddress())
                .replace("ANNOTATIONS", annotations(member, dapr))
                .replace("PORT", Integer.toString(member.port()))
                .replace("NAMESPACE", Member.NAMESPACE)
                .replace("NAME", name);
    }

    private static String annotations(Member member, boolean dapr) {
        if (dapr) {
            return "dapr.io/enabled: \"true\", dapr.io/app-id: " + member.name();
        }
        return member.hasOwnNetwork() ? "" : Annotations.LOCAL_APPLICATION + ": " + member.applicationAddress();
    }

    /** The API on 3500 and 50001 stays closed to peers although it is listed, as in a cluster. */
    private static String daprService(Member member) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: NAME-dapr, namespace: NAMESPACE}
                spec:
                  clusterIP: None
                  selector: {app: NAME}
                  ports:
                  - {name: dapr-http, port: 80, targetPort: 3500}
                  - {name: dapr-grpc, port: 50001, targetPort: 50001}
                  - {name: dapr-internal, port: 50002, targetPort: 50002}
                """.replace("NAMESPACE", Member.NAMESPACE).replace("NAME", member.name());
    }
}
