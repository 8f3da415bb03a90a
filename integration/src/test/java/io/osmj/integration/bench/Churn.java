package io.osmj.integration.bench;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pods that are replaced all the time, as in a rollout: in the spare services, whose callers are attached. */
record Churn(Scale scale, Estate estate, Swarm swarm, Subject subject) {

    void run(Figures figures, int perSecond) {
        AtomicInteger replaced = new AtomicInteger();
        swarm.take();
        double before = subject.cpu();
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(scale.churnSeconds);
        long gap = TimeUnit.SECONDS.toNanos(Scale.SPARE) / perSecond;
        try (ExecutorService threads = Executors.newFixedThreadPool(Scale.SPARE)) {
            for (int i = 0; i < Scale.SPARE; i++) {
                int service = scale.services - 1 - i;
                long first = start + gap * i / Scale.SPARE;
                threads.execute(() -> {
                    for (long next = first; next < end; next += gap) {
                        Waiting.pause(Math.max(0, (next - System.nanoTime()) / 1_000_000));
                        replace(service);
                        replaced.incrementAndGet();
                    }
                });
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu = subject.cpu() - before;
        Tally sent = swarm.take();
        String name = "churn" + perSecond;
        Map<String, ?> how = Map.of(
                "seconds", Math.round(seconds), "replaced", replaced.get(), "perSecond", replaced.get() / seconds);
        figures.tell(name + ".cpu", 100 * cpu / seconds, "% of a core", how);
        figures.tell(name + ".responses", sent.responses, "responses", how);
        figures.tell(name + ".bytes", (double) sent.bytes, "bytes", how);
        figures.tell(name + ".rss", subject.mebibytes("VmRSS"), "MiB", how);
        swarm.awaitQuiet(1_500);
    }

    /** What a rolling update does with one pod: four requests. */
    private void replace(int service) {
        List<Pod> now = new ArrayList<>(estate.pods(service));
        Pod old = now.removeFirst();
        now.add(estate.pod(service));
        estate.endpoints(service, now);
        estate.delete(old);
    }
}
