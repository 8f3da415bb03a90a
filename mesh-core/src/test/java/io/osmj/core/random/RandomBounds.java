package io.osmj.core.random;

import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.Rate;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RequestLimit;
import io.osmj.core.policy.RetryPolicy;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.problem.ObjectRef;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Policies that say how often and how much may be called. Often several for one service, of which the oldest counts. */
final class RandomBounds {
    private final Random random;
    private final RandomNames names;

    RandomBounds(Random random) {
        this.random = random;
        this.names = new RandomNames(random);
    }

    /** Of services that are not there, too, and several of one age for the same calls. */
    RetryRule retry(ObjectRef ref) {
        return new RetryRule(
                ref,
                age(),
                names.account(),
                Stream.generate(names::service)
                        .limit(random.nextInt(4))
                        .map(key -> new RetryRule.Service(key.namespace(), key.name()))
                        .toList(),
                new RetryPolicy(List.of("5xx"), Duration.ofSeconds(1), random.nextInt(3), Duration.ofMillis(25)));
    }

    LimitRule limit(ObjectRef ref) {
        long most = random.nextBoolean() ? ConnectionLimits.UNLIMITED : random.nextInt(3);
        return new LimitRule(
                ref,
                age(),
                "svc-" + random.nextInt(RandomNames.SERVICES),
                new ConnectionLimits(
                        most,
                        ConnectionLimits.NONE.connectTimeout(),
                        ConnectionLimits.UNLIMITED,
                        ConnectionLimits.UNLIMITED,
                        ConnectionLimits.UNLIMITED,
                        ConnectionLimits.UNLIMITED),
                random.nextInt(3) == 0 ? RateLimits.NONE : rates());
    }

    private String age() {
        return "2026-01-0" + (1 + random.nextInt(3)) + "T00:00:00Z";
    }

    private RateLimits rates() {
        return new RateLimits(
                random.nextBoolean() ? Rate.UNLIMITED : new Rate(1 + random.nextInt(2), Rate.Unit.MINUTE, 0),
                Stream.of(random.nextBoolean() ? "/path" : "/p.*", "/pa.*", "")
                        .filter(_ -> random.nextBoolean())
                        .map(path -> new RequestLimit(path, new Rate(1, Rate.Unit.SECOND, 1), 429, List.of()))
                        .toList());
    }
}
