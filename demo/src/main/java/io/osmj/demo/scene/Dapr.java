package io.osmj.demo.scene;

import io.osmj.demo.folder.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A daprd in each pod, between the application and its Envoy: applications call their own daprd, and daprds call each other
 * without Dapr's mTLS, which is the mesh's task. There is no Dapr control plane; what Kubernetes' DNS would say of the peers is
 * in a file of hosts, and the rest is as in a cluster, down to the names.
 */
public final class Dapr {
    private static final int API = 3500;
    private static final int API_OF_GRPC = 50_001;
    private static final int PEERS = 50_002;

    private final Path program;
    private final Path configuration;

    /** The daprds that run this program; the folder is for their configuration. */
    public Dapr(Path program, Path work) {
        this.program = program;
        try {
            configuration = Files.writeString(work.resolve("dapr.yaml"), """
                    apiVersion: dapr.io/v1alpha1
                    kind: Configuration
                    metadata: {name: demo}
                    spec:
                      mtls: {enabled: false}
                      metric: {enabled: false}
                      nameResolution: {component: kubernetes}
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the headless Services of daprds, with the addresses of their pods. */
    public static String hosts(Collection<Member> members) {
        return members.stream()
                .map(member -> member.podAddress() + " " + member.name() + "-dapr." + Member.NAMESPACE
                        + ".svc.cluster.local\n")
                .collect(Collectors.joining("", "127.0.0.1 localhost\n", ""));
    }

    /** The command of an application's daprd. */
    List<String> command(Member member) {
        return List.of(
                "env",
                "NAMESPACE=" + Member.NAMESPACE,
                "DAPR_HOST_IP=" + member.podAddress(),
                program.toString(),
                "--app-id=" + member.name(),
                "--app-port=" + member.port(),
                "--dapr-http-port=" + API,
                "--dapr-grpc-port=" + API_OF_GRPC,
                "--dapr-internal-grpc-port=" + PEERS,
                "--config=" + configuration,
                "--enable-metrics=false",
                "--log-level=warn");
    }

    /** Where an application calls another: at its own daprd. */
    static String url(String callee) {
        return "http://127.0.0.1:" + API + "/v1.0/invoke/" + callee + "/method/";
    }
}
