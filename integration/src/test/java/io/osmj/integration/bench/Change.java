package io.osmj.integration.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One kind of change, made again and again: who is told, when, with how many bytes, and what that costs. */
final class Change {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long QUIET_MILLIS = 300;

    private final Swarm swarm;
    private final Subject subject;
    private final Samples told = new Samples();
    private final Samples lastTold = new Samples();
    private final Samples written = new Samples();
    private final Map<ResourceType, Integer> resources = new TreeMap<>();
    private long bytes;
    private long assignments;
    private long bytesToOthers;
    private int others;
    private int missed;
    private int dependants;
    private double cpu;

    Change(Swarm swarm, Subject subject) {
        this.swarm = swarm;
        this.subject = subject;
    }

    /** An endpoint more, or one less, in services whose callers are all attached. */
    static Change endpoints(Swarm swarm, Subject subject, Estate estate, List<Integer> services) {
        List<Pod> extra = Estate.each(services.size(), i -> estate.pod(services.get(i)));
        swarm.awaitQuiet(1_500);
        Change change = new Change(swarm, subject);
        for (boolean more : new boolean[] {true, false}) {
            for (int i = 0; i < services.size(); i++) {
                int service = services.get(i);
                List<Pod> now = new ArrayList<>(estate.pods(service));
                Pod one = extra.get(i);
                if (more) {
                    now.add(one);
                } else {
                    now.removeIf(pod ->
                            pod.getMetadata().getName().equals(one.getMetadata().getName()));
                }
                change.make(() -> estate.endpoints(service, now), swarm.of(estate.callers(service)));
            }
        }
        extra.forEach(estate::delete);
        swarm.awaitQuiet(1_500);
        return change;
    }

    /** A source more, or one less, in the target of services; both sides of it are told. */
    static Change targets(Swarm swarm, Subject subject, Estate estate, List<Integer> services, int away) {
        Change change = new Change(swarm, subject);
        for (boolean more : new boolean[] {true, false}) {
            for (int service : services) {
                List<Integer> sources = new ArrayList<>(estate.callers(service));
                int source = service + away;
                if (more) {
                    sources.add(source);
                }
                change.make(() -> estate.target(service, sources), swarm.of(List.of(service, source)));
            }
        }
        return change;
    }

    private void make(Runnable write, Set<Sidecar> concerned) {
        swarm.take();
        dependants = concerned.size();
        double before = subject.cpu();
        long start = System.nanoTime();
        write.run();
        written.addMillis(System.nanoTime() - start);
        long end = start + LONGEST.toNanos();
        while (System.nanoTime() < end && !concerned.stream().allMatch(one -> one.responses() > 0)) {
            Waiting.pause(5);
        }
        swarm.awaitQuiet(QUIET_MILLIS);
        cpu += subject.cpu() - before;
        long latest = 0;
        for (Sidecar sidecar : swarm.sidecars()) {
            Tally tally = sidecar.take();
            if (concerned.contains(sidecar)) {
                latest = Math.max(latest, tally.last);
                count(tally, start);
            } else if (tally.responses > 0) {
                others++;
                bytesToOthers += tally.bytes;
            }
        }
        lastTold.addMillis(latest - start);
    }

    private void count(Tally tally, long start) {
        if (tally.responses == 0) {
            missed++;
            return;
        }
        told.addMillis(tally.last - start);
        bytes += tally.bytes;
        assignments += tally.assignments;
        tally.resources.forEach((type, count) -> resources.merge(type, count, Integer::sum));
    }

    void tell(Figures figures, String name) {
        int changes = lastTold.size();
        Map<String, ?> each = Map.of("changes", changes, "dependants", dependants, "resourcesOfAllChanges", resources);
        figures.tell(name + ".told", told, "ms");
        figures.tell(name + ".last", lastTold, "ms");
        figures.tell(name + ".write", written, "ms");
        figures.tell(name + ".not-told", missed, "sidecars", each);
        figures.tell(name + ".bytes", (double) bytes / changes, "bytes per change", each);
        if (assignments > 0) {
            figures.tell(name + ".bytes-over-assignments", (double) bytes / assignments, "ratio", each);
        }
        figures.tell(name + ".others-told", others, "sidecars", each);
        figures.tell(name + ".bytes-to-others", (double) bytesToOthers, "bytes", each);
        figures.tell(name + ".cpu", cpu * 1000 / changes, "ms per change", each);
    }
}
