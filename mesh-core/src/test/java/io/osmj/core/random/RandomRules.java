package io.osmj.core.random;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.IngressProtocol;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.problem.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Policies that say who may call whom. */
final class RandomRules {
    private final Random random;
    private final RandomNames names;

    RandomRules(Random random) {
        this.random = random;
        this.names = new RandomNames(random);
    }

    AllowRule allow(ObjectRef ref) {
        return new AllowRule(
                ref,
                names.account(),
                random.nextInt(5) == 0 ? List.of() : List.of(names.account(), names.account()),
                switch (random.nextInt(4)) {
                    case 0 -> List.of();
                    case 1 -> List.of(new HttpMatch("/path", List.of(), Map.of()));
                    default -> List.of(HttpMatch.ANY);
                },
                random.nextBoolean() ? new TcpAllowance.AnyPort() : new TcpAllowance.Ports(List.of(8080)));
    }

    SplitRule split(ObjectRef ref) {
        return new SplitRule(
                ref,
                "svc-" + random.nextInt(4),
                some(5, () -> new SplitRule.Backend("svc-" + random.nextInt(8), random.nextInt(3))));
    }

    IngressRule ingress(ObjectRef ref) {
        return new IngressRule(ref, some(3, this::backend), some(3, this::source));
    }

    private IngressRule.Backend backend() {
        IngressProtocol[] protocols = IngressProtocol.values();
        return new IngressRule.Backend(
                service(), 8080 + random.nextInt(2), protocols[random.nextInt(protocols.length)], List.of());
    }

    private IngressRule.Source source() {
        return switch (random.nextInt(4)) {
            case 0 -> new IngressRule.Range(new Cidr(random.nextInt(), 8 * random.nextInt(5)));
            case 1 -> new IngressRule.Client("account-" + random.nextInt(4) + ".ns.cluster.local");
            default -> new IngressRule.Endpoints(RandomNames.NAMESPACE, service());
        };
    }

    /** On ports and in ranges of the mesh, too, where the mesh's own word has to come first. */
    EgressRule egress(ObjectRef ref) {
        List<Cidr> ranges = List.of(new Cidr(10 << 24, 8), new Cidr(203 << 24 | random.nextInt(1 << 16), 24));
        return new EgressRule(
                ref,
                random.nextInt(5) == 0 ? List.of() : List.of(names.account(), names.account()),
                List.of("a.example.com", "b.example.com").subList(0, random.nextInt(3)),
                ranges.subList(0, random.nextInt(3)),
                Stream.of(EgressRule.By.values())
                        .filter(_ -> random.nextBoolean())
                        .map(by -> new EgressRule.Port(80 + random.nextInt(3), by))
                        .toList(),
                random.nextInt(4) == 0 ? List.of() : List.of(HttpMatch.ANY));
    }

    private String service() {
        return "svc-" + random.nextInt(RandomNames.SERVICES);
    }

    private <T> List<T> some(int most, Supplier<T> one) {
        return Stream.generate(one).limit(1 + random.nextInt(most)).toList();
    }
}
