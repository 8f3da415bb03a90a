package io.osmj.cli.check;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.cli.session.ClusterFault;
import io.osmj.cli.session.Failure;
import java.util.List;

/** Whether there is a cluster, and one that is new enough. */
final class ApiServerCheck {
    private static final String NAME = "kubernetes-api";
    private static final int OLDEST_MINOR = 29;
    private final Surroundings around;

    ApiServerCheck(Surroundings around) {
        this.around = around;
    }

    Category run() {
        try {
            var version = around.client().getKubernetesVersion();
            return new Category(
                    NAME,
                    List.of(Finding.pass("can query the API server"), age(version.getMajor(), version.getMinor())));
        } catch (KubernetesClientException | Failure failure) {
            around.giveUp();
            var reason = failure instanceof KubernetesClientException
                    ? ClusterFault.reason(failure, around.client().getConfiguration())
                    : String.valueOf(failure.getMessage());
            return new Category(
                    NAME,
                    List.of(Finding.fail(
                            "can query the API server", reason, "name the cluster with --kubeconfig and --context")));
        }
    }

    private static Finding age(String major, String minor) {
        var what = "the cluster is Kubernetes 1.%d or newer".formatted(OLDEST_MINOR);
        var number = minor.replaceAll("\\D.*$", "");
        if (!major.equals("1") || number.isEmpty() || Integer.parseInt(number) >= OLDEST_MINOR) {
            return Finding.pass(what);
        }
        return Finding.fail(what, "it is %s.%s".formatted(major, minor), "upgrade the cluster");
    }
}
