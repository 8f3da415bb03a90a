package io.osmj.core.plan;

import io.osmj.core.policy.RetryPolicy;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.DialledAddress;
import java.util.List;

/**
 * Requests to some addresses are tried again.
 *
 * @param origin the object that says so
 * @param policy when and how often
 * @param addresses that are dialled, sorted; never empty, and none of them in two of these of one plan
 */
public record Retries(ObjectRef origin, RetryPolicy policy, List<DialledAddress> addresses) {
    public Retries {
        addresses = addresses.stream().sorted().toList();
    }
}
