package io.osmj.controlplane.publish;

import io.osmj.core.problem.Problem;
import io.osmj.core.settings.MeshSettings;
import java.time.Duration;
import java.util.List;

/** Hears what the publisher does. Called on its thread: return at once, throw nothing. */
public interface PublicationObserver {
    /** All that is wrong with the state and the plans now, sorted; said again only when it differs. */
    void problems(List<Problem> problems);

    /** With what was last told of {@link #problems}, all that was read so far is told of: what is not named there is well. */
    void judged();

    /** The settings of the state that is published. */
    void settings(MeshSettings settings);

    /**
     * A changed state was published.
     *
     * @param took from reading the state to the last proxy
     * @param proxies how many proxies have something to fetch
     */
    void published(Duration took, int proxies);

    /** A proxy was sent away because there are as many as MeshConfig lets in. */
    void turnedAway();
}
