package io.osmj.integration.bench;

import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Addresses that a proxy never dialled before. */
final class FirstContacts {
    private static final int CONTACTS = 200;
    private static final int SCANNED = 3_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 500;

    private final Scale scale;
    private final Estate estate;
    private final Swarm swarm;
    private final Subject subject;
    private int made;

    FirstContacts(Scale scale, Estate estate, Swarm swarm, Subject subject) {
        this.scale = scale;
        this.estate = estate;
        this.swarm = swarm;
        this.subject = subject;
    }

    /** One after the other, each by another proxy. */
    void run(Figures figures) {
        Figures.progress("first contacts");
        Samples times = new Samples();
        double before = subject.cpu();
        for (int i = 0; i < CONTACTS; i++) {
            times.addMillis(one());
        }
        figures.tell("first-contact", times, "ms");
        figures.tell("first-contact.cpu", (subject.cpu() - before) * 1000 / CONTACTS, "ms each");
    }

    /** One proxy dials whatever there may be, with egress open, so that each address is answered; others go on as before. */
    void scan(Figures figures) {
        estate.openEgress();
        swarm.awaitQuiet(1_500);
        Figures.progress("one proxy dials " + SCANNED + " addresses that are not of the mesh");
        Sidecar scanner = swarm.sidecars().getFirst();
        Samples times = new Samples();
        double cpu = subject.cpu();
        int there = scanner.count(ResourceType.CLUSTER) + SCANNED;
        figures.tell("scan.rss-before", subject.mebibytes("VmRSS"), "MiB");
        scanner.dial(IntStream.range(0, SCANNED)
                .mapToObj(i -> "h|203.0.%d.%d:80".formatted(i / 250, 1 + i % 250))
                .toList());
        Waiting.until("all of the scan answered", LONGEST, () -> {
            times.addMillis(one());
            Waiting.pause(PAUSE_MILLIS);
            return scanner.count(ResourceType.CLUSTER) >= there;
        });
        figures.tell("scan.first-contact", times, "ms");
        figures.tell("scan.rss-after", subject.mebibytes("VmRSS"), "MiB");
        figures.tell("scan.cpu", (subject.cpu() - cpu) * 1000 / SCANNED, "ms each");
    }

    private long one() {
        List<Sidecar> all = swarm.sidecars();
        // Never the first: that is the one that scans.
        Sidecar sidecar = all.get(1 + made * 7 % (all.size() - 1));
        int other = Math.floorMod(sidecar.service + 2 * Scale.CALLEES + made++, scale.services);
        try {
            return sidecar.firstContact(estate.onDemand(other));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
