package io.osmj.controlplane;

import io.osmj.controlplane.files.FilesSource;
import io.osmj.controlplane.http.Health;
import io.osmj.controlplane.publish.Publisher;
import io.osmj.controlplane.watch.KubernetesSource;
import io.osmj.controlplane.watch.Watchdog;
import java.time.Duration;

/** When the process is ready, and when it is alive. */
final class Readiness {
    private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

    private Readiness() {}

    static Health ofCluster(Startup startup, KubernetesSource source, Publisher publisher) {
        return begun(startup)
                .require("cluster read", () -> source.synced() ? "" : "not yet " + source.troubles())
                .requireThat("configuration published", publisher::ready)
                .requireThat("root of trust", () -> startup.runs(Startup.Part.TRUST))
                .requireThat("webhooks listening", () -> startup.runs(Startup.Part.WEBHOOKS))
                .requireThat("xDS listening", () -> startup.runs(Startup.Part.XDS));
    }

    static Health ofFolder(Startup startup, FilesSource source, Publisher publisher) {
        return begun(startup)
                .requireThat("folder read", source::synced)
                .requireThat("configuration published", publisher::ready)
                .requireThat("xDS listening", () -> startup.runs(Startup.Part.XDS));
    }

    static Health alive(Publisher publisher) {
        return new Health().require("publisher", () -> {
            Duration turn = publisher.sinceLastTurn();
            return turn.compareTo(LONGEST_TURN) < 0 ? "" : "no sign of life for " + turn.toSeconds() + " s";
        });
    }

    static Health alive(Publisher publisher, Watchdog watchdog) {
        return alive(publisher).require("watches", watchdog::fault);
    }

    private static Health begun(Startup startup) {
        return new Health().requireThat("not ending", () -> !startup.ending());
    }
}
