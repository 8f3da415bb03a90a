package io.osmj.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever cluster there is: it runs a pod of an image that was loaded. */
@Tag("cluster")
class ClusterTest {

    @Test
    void aPodRunsALoadedImage() throws Exception {
        var image = BuiltImage.of("test-tools");
        try (var cluster = Cluster.open();
                var client = clientOf(cluster)) {
            cluster.load(image.tar());
            var pod = client.pods().inNamespace("default").resource(podOf(image.name()));
            try {
                pod.create();
                var ended = pod.waitUntilCondition(
                        p -> p != null && "Succeeded".equals(p.getStatus().getPhase()), 60, TimeUnit.SECONDS);
                assertThat(ended.getStatus().getPodIP()).isNotBlank();
                assertThat(pod.getLog()).isEqualTo("it ran\n");
            } finally {
                pod.withGracePeriod(0).delete();
            }
        }
    }

    private static KubernetesClient clientOf(Cluster cluster) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile()))
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    private static Pod podOf(String image) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("cluster-test")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("work")
                .withImage(image)
                .withImagePullPolicy("Never")
                .withCommand("echo", "it ran")
                .endContainer()
                .endSpec()
                .build();
    }
}
