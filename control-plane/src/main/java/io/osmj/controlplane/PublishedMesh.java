package io.osmj.controlplane;

import io.osmj.controlplane.logs.LogLevel;
import io.osmj.controlplane.metrics.Metrics;
import io.osmj.controlplane.publish.PublicationObserver;
import io.osmj.controlplane.status.ProblemBoard;
import io.osmj.core.problem.Problem;
import io.osmj.core.settings.MeshSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was published last, passed on to the log, the figures and whoever asks for the settings. */
final class PublishedMesh implements PublicationObserver {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedMesh.class);

    private final UnaryOperator<Problem> worded;
    private final ProblemBoard board;
    private final Metrics metrics;
    private final AtomicReference<MeshSettings> settings;
    private final Runnable judged;

    /**
     * One that passes on to these.
     *
     * @param worded says where a problem is to be mended, if more is known of that than the problem itself says
     * @param judged told when the problems on the board are those of all that was read; must return at once
     */
    PublishedMesh(
            UnaryOperator<Problem> worded,
            ProblemBoard board,
            Metrics metrics,
            AtomicReference<MeshSettings> settings,
            Runnable judged) {
        this.worded = worded;
        this.board = board;
        this.metrics = metrics;
        this.settings = settings;
        this.judged = judged;
    }

    @Override
    public void problems(List<Problem> problems) {
        List<Problem> located = problems.stream().map(worded).toList();
        Set<Problem> known = new HashSet<>(board.published());
        located.stream().filter(problem -> !known.contains(problem)).forEach(problem -> LOG.warn("{}", problem));
        board.published(located);
    }

    @Override
    public void judged() {
        judged.run();
    }

    @Override
    public void settings(MeshSettings now) {
        settings.set(now);
        LogLevel.set(now.observability().logLevel());
    }

    @Override
    public void published(Duration took, int proxies) {
        metrics.published(took);
        LOG.debug("A changed state was published to {} proxies in {} ms.", proxies, took.toMillis());
    }

    @Override
    public void turnedAway() {
        metrics.turnedAway();
    }
}
