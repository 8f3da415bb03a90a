package io.osmj.core.policy;

import java.time.Duration;
import java.util.List;

/**
 * What makes a request be tried again, and how often.
 *
 * @param on the proxy's words for what calls for another try, as they were written; never empty
 * @param perTry how long one try may take; zero means as long as it takes
 * @param retries how many further tries there may be; not negative
 * @param pause the longest first pause between two tries; more than zero
 */
public record RetryPolicy(List<String> on, Duration perTry, int retries, Duration pause) {
    public RetryPolicy {
        on = List.copyOf(on);
    }
}
