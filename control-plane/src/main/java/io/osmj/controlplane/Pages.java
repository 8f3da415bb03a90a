package io.osmj.controlplane;

import io.osmj.controlplane.http.Answer;
import io.osmj.controlplane.http.BuildVersion;
import io.osmj.controlplane.http.Health;
import io.osmj.controlplane.metrics.Metrics;
import io.osmj.controlplane.publish.ConnectedProxy;
import io.osmj.controlplane.publish.Publisher;
import io.osmj.controlplane.status.NackBook;
import io.osmj.controlplane.status.ProblemBoard;
import io.osmj.core.problem.Problem;
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
            "TCPRoute", "specs.smi-spec.io/v1alpha4",
            "TrafficSplit", "split.smi-spec.io/v1alpha2"));

    private final Publisher publisher;
    private final ProblemBoard board;
    private final NackBook nacks;
    private final Metrics metrics;
    private final Runnable freshen;

    /**
     * The pages.
     *
     * @param freshen looks for problems that are only looked for when somebody asks
     */
    Pages(Publisher publisher, ProblemBoard board, NackBook nacks, Metrics metrics, Runnable freshen) {
        this.publisher = publisher;
        this.board = board;
        this.nacks = nacks;
        this.metrics = metrics;
        this.freshen = freshen;
    }

    Map<String, Supplier<Answer>> all(BuildVersion version, Health ready, Health alive) {
        Map<String, Supplier<Answer>> pages = new LinkedHashMap<>();
        pages.put("/health/ready", ready::answer);
        pages.put("/health/alive", alive::answer);
        pages.put("/metrics", () -> Answer.metrics(metrics.scrape()));
        pages.put("/version", () -> Answer.json(version));
        pages.put("/smi/version", () -> Answer.json(SMI));
        pages.put("/problems", this::problems);
        pages.put(
                "/proxies",
                () -> Answer.json(publisher.connected().stream().map(this::row).toList()));
        return pages;
    }

    private Answer problems() {
        freshen.run();
        return Answer.json(board.all().stream().map(Pages::row).toList());
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
