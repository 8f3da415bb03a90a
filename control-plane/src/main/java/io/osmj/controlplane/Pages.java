package io.osmj.controlplane;

import io.osmj.controlplane.http.Answer;
import io.osmj.controlplane.http.BuildVersion;
import io.osmj.controlplane.http.Health;
import io.osmj.controlplane.metrics.Metrics;
import io.osmj.controlplane.publish.ConnectedProxy;
import io.osmj.controlplane.publish.Publisher;
import io.osmj.controlplane.status.NackBook;
import io.osmj.controlplane.status.ProblemBoard;
import io.osmj.controlplane.watch.KubernetesSource;
import io.osmj.controlplane.watch.Watchdog;
import io.osmj.core.problem.Problem;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The pages of port 9091, put together from the parts that know. */
final class Pages {
    /** The SMI versions that are read, in the words of OSM's page. */
    private static final Map<String, String> SMI = sorted(Map.of(
            "TrafficTarget", "access.smi-spec.io/v1alpha3",
            "HTTPRouteGroup", "specs.smi-spec.io/v1alpha4",
            "TCPRoute", "specs.smi-spec.io/v1alpha4"));

    private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

    private final KubernetesSource source;
    private final Publisher publisher;
    private final ProblemBoard board;
    private final NackBook nacks;
    private final Metrics metrics;

    Pages(KubernetesSource source, Publisher publisher, ProblemBoard board, NackBook nacks, Metrics metrics) {
        this.source = source;
        this.publisher = publisher;
        this.board = board;
        this.nacks = nacks;
        this.metrics = metrics;
    }

    Map<String, Supplier<Answer>> all(BuildVersion version, Startup startup, Watchdog watchdog) {
        Map<String, Supplier<Answer>> pages = new LinkedHashMap<>();
        Health ready = ready(startup);
        Health alive = alive(watchdog);
        pages.put("/health/ready", ready::answer);
        pages.put("/health/alive", alive::answer);
        pages.put("/metrics", () -> Answer.metrics(metrics.scrape()));
        pages.put("/version", () -> Answer.json(version));
        pages.put("/smi/version", () -> Answer.json(SMI));
        pages.put(
                "/problems",
                () -> Answer.json(board.all().stream().map(Pages::row).toList()));
        pages.put(
                "/proxies",
                () -> Answer.json(publisher.connected().stream().map(this::row).toList()));
        return pages;
    }

    private Health ready(Startup startup) {
        return new Health()
                .requireThat("not ending", () -> !startup.ending())
                .require("cluster read", () -> source.synced() ? "" : "not yet " + source.troubles())
                .requireThat("configuration published", publisher::ready)
                .requireThat("root of trust", () -> startup.runs(Startup.Part.TRUST))
                .requireThat("webhooks listening", () -> startup.runs(Startup.Part.WEBHOOKS))
                .requireThat("xDS listening", () -> startup.runs(Startup.Part.XDS));
    }

    private Health alive(Watchdog watchdog) {
        return new Health()
                .require("publisher", () -> {
                    Duration turn = publisher.sinceLastTurn();
                    return turn.compareTo(LONGEST_TURN) < 0 ? "" : "no sign of life for " + turn.toSeconds() + " s";
                })
                .require("watches", watchdog::fault);
    }

    private static Map<String, String> row(Problem problem) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("code", problem.code().name());
        row.put("kind", problem.object().kind());
        row.put("namespace", problem.object().namespace());
        row.put("name", problem.object().name());
        row.put("field", problem.field());
        row.put("message", problem.message());
        row.put("remedy", problem.remedy());
        return row;
    }

    private Map<String, Object> row(ConnectedProxy connected) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("namespace", connected.proxy().account().namespace());
        row.put("pod", connected.proxy().pod());
        row.put("podUid", connected.proxy().podUid());
        row.put("serviceAccount", connected.proxy().account().name());
        row.put("connectedSeconds", connected.connected().toSeconds());
        row.put("served", connected.served());
        row.put("resources", connected.resources());
        List<String> refused = nacks.of(connected.proxy());
        row.put("refuses", refused);
        return row;
    }

    private static Map<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
