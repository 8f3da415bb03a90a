package io.osmj.controlplane.gateway;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.certificates.IssuingException;
import io.osmj.controlplane.status.ProblemBoard;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.GatewayCertificate;
import io.osmj.objects.read.Mesh;
import org.jspecify.annotations.Nullable;

/** Why the certificate of an ingress gateway is not kept; at most one reason at a time. Belongs to the thread of the keeper. */
public final class GatewayProblems {
    private static final String FIELD = "spec.certificate.ingressGateway.";

    private final ProblemBoard board;
    private final Mesh mesh;
    private @Nullable Problem standing;

    /** Problems of the MeshConfig of this mesh. */
    public GatewayProblems(ProblemBoard board, Mesh mesh) {
        this.board = board;
        this.mesh = mesh;
    }

    void none() {
        if (standing != null) {
            board.settled(standing);
            standing = null;
        }
    }

    void noPrincipal(GatewayCertificate gateway) {
        String domain = mesh.trustDomain().name();
        say(
                "subjectAltNames[0]",
                "'" + gateway.principal() + "' is no principal of this mesh, so no certificate is kept.",
                "Write ACCOUNT.NAMESPACE." + domain + " or spiffe://" + domain
                        + "/ns/NAMESPACE/sa/ACCOUNT there, as IngressBackends name it.");
    }

    void foreign(GatewayCertificate gateway) {
        say(
                "secret",
                "The Secret " + place(gateway) + " is there and was not written by this mesh, so it is left as it is.",
                "Name another Secret, or delete that one.");
    }

    void notIssued(GatewayCertificate gateway, IssuingException reason) {
        say(
                "subjectAltNames[0]",
                "No certificate is issued for '" + gateway.principal() + "': " + reason.getMessage(),
                "See to the name and to the issuer of certificates; the attempt is repeated by itself.");
    }

    void refused(GatewayCertificate gateway, KubernetesClientException answer) {
        switch (answer.getCode()) {
            case HTTP_FORBIDDEN ->
                say(
                        "secret",
                        "The control plane may not read and write the Secret " + place(gateway) + ".",
                        gateway.namespace().equals(mesh.namespace())
                                ? "Add " + gateway.secret() + " to osm.ingressGatewaySecretNames of the chart."
                                : "Bind its service account to a Role in namespace " + gateway.namespace()
                                        + " that may get, create, update and delete that Secret.");
            case HTTP_NOT_FOUND ->
                say(
                        "secret.namespace",
                        "There is no namespace " + gateway.namespace() + ", so no certificate is kept.",
                        "Make it, or name another.");
            default ->
                say(
                        "secret",
                        "The Secret " + place(gateway) + " is not kept: " + answer.getMessage(),
                        "The attempt is repeated by itself.");
        }
    }

    private static String place(GatewayCertificate gateway) {
        return gateway.namespace() + "/" + gateway.secret();
    }

    private void say(String field, String message, String remedy) {
        Problem problem = new Problem(
                ProblemCode.M6005,
                new ObjectRef("MeshConfig", mesh.namespace(), mesh.configName()),
                FIELD + field,
                message,
                remedy);
        if (!problem.equals(standing)) {
            none();
            board.raise(problem);
            standing = problem;
        }
    }
}
