package io.osmj.integration.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * Pods that ask the webhook for their sidecar, at a fixed rate, as the API server does: over TLS, HTTP/1.1, on connections that it
 * keeps, and one more whenever none of them is free. The first seconds, in which the webhook is asked for the first time since it
 * started, are told apart.
 */
record Admissions(Subject subject) {
    private static final int PER_SECOND = 50;
    private static final int FIRST_SECONDS = 5;
    private static final int SECONDS = 20;

    void run(Figures figures) {
        try (HttpClient client = client()) {
            run(figures, client, "admissions.first", FIRST_SECONDS);
            run(figures, client, "admissions", SECONDS);
        }
    }

    /** Without figures, for the sake of whoever asks. */
    void practise() {
        try (HttpClient client = client()) {
            ask(client, PER_SECOND * FIRST_SECONDS);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting())
                .build();
    }

    private void run(Figures figures, HttpClient client, String name, int howLong) {
        double before = subject.cpu();
        long start = System.nanoTime();
        Result result = ask(client, PER_SECOND * howLong);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu = subject.cpu() - before;
        Map<String, ?> how = Map.of("perSecond", PER_SECOND, "seconds", howLong);
        figures.tell(name, result.times(), "ms");
        figures.tell(name + ".failed", result.failed(), "requests", how);
        figures.tell(name + ".cpu", 100 * cpu / seconds, "% of a core", how);
    }

    private record Result(Samples times, int failed) {}

    private Result ask(HttpClient client, int count) {
        Samples times = new Samples();
        AtomicInteger failed = new AtomicInteger();
        long start = System.nanoTime();
        CompletableFuture<?>[] answers = IntStream.range(0, count)
                .mapToObj(i -> {
                    long due = start + i * 1_000_000_000L / PER_SECOND;
                    Waiting.pause(Math.max(0, (due - System.nanoTime()) / 1_000_000));
                    return client.sendAsync(review(i), BodyHandlers.ofString()).handle((response, fault) -> {
                        times.addMillis(System.nanoTime() - due);
                        return fault == null && response.body().contains("\"patch\"") ? 0 : failed.incrementAndGet();
                    });
                })
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(answers).join();
        return new Result(times, failed.get());
    }

    private HttpRequest review(int serial) {
        Workload workload = new Workload(0);
        Pod pod = workload.pod(serial);
        pod.getSpec().setInitContainers(List.of());
        pod.getMetadata().setLabels(Map.of("app", workload.name()));
        pod.getMetadata().setAnnotations(Map.of("openservicemesh.io/sidecar-injection", "enabled"));
        Map<String, Object> request = Map.of(
                "uid",
                "u-" + serial,
                "kind",
                Map.of("group", "", "version", "v1", "kind", "Pod"),
                "operation",
                "CREATE",
                "namespace",
                workload.namespace(),
                "object",
                pod);
        return HttpRequest.newBuilder(URI.create("https://localhost:" + subject.injectorPort + "/mutate-pod-creation"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(request)))
                .build();
    }

    private static String body(Map<String, Object> request) {
        return Serialization.asJson(
                Map.of("apiVersion", "admission.k8s.io/v1", "kind", "AdmissionReview", "request", request));
    }

    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
