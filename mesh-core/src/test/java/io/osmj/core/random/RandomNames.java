package io.osmj.core.random;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.core.state.ObjectKey;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What things are called and where they are: few names and fewer addresses, so that what comes meets what is there. */
final class RandomNames {
    static final String NAMESPACE = "ns";
    static final int SERVICES = 6;

    /** Of the last service and the last pods. Whose address a slice lists is not asked. */
    private static final String ANOTHER_NAMESPACE = "other";

    private static final int PODS = 12;
    private static final int POD_ADDRESSES = 8;
    private static final int ACCOUNTS = 4;

    private final Random random;

    RandomNames(Random random) {
        this.random = random;
    }

    ObjectKey pod() {
        int number = random.nextInt(PODS);
        return new ObjectKey(number < PODS - 2 ? NAMESPACE : ANOTHER_NAMESPACE, "pod-" + number);
    }

    ObjectKey service() {
        return service(random.nextInt(SERVICES));
    }

    private static ObjectKey service(int number) {
        return new ObjectKey(number < SERVICES - 1 ? NAMESPACE : ANOTHER_NAMESPACE, "svc-" + number);
    }

    /** Mostly of the namespace where the policies are. */
    ServiceAccount account() {
        return account(random.nextInt(6) == 0 ? ANOTHER_NAMESPACE : NAMESPACE);
    }

    ServiceAccount account(String namespace) {
        return new ServiceAccount(namespace, "account-" + random.nextInt(ACCOUNTS));
    }

    ObjectRef policy(String kind, int most) {
        return new ObjectRef(kind, NAMESPACE, kind.toLowerCase(Locale.ROOT) + "-" + random.nextInt(most));
    }

    String podAddress() {
        return podAddress(random.nextInt(POD_ADDRESSES));
    }

    private static String podAddress(int number) {
        return "10.244.0." + number;
    }

    static String serviceAddress(ObjectKey service) {
        return "10.96.0." + service.name().substring("svc-".length());
    }

    static List<ServicePort> ports() {
        return IntStream.range(0, SERVICES)
                .mapToObj(RandomNames::service)
                .flatMap(service -> IntStream.of(80, 81)
                        .mapToObj(port -> new ServicePort(service.namespace(), service.name(), port)))
                .toList();
    }

    static List<DialledAddress> addresses() {
        return Stream.concat(
                        IntStream.range(0, POD_ADDRESSES)
                                .mapToObj(RandomNames::podAddress)
                                .flatMap(address ->
                                        Stream.of(8080, 8081).map(port -> new DialledAddress(address, port))),
                        IntStream.range(0, SERVICES)
                                .mapToObj(number -> serviceAddress(service(number)))
                                .flatMap(address -> Stream.of(80, 81).map(port -> new DialledAddress(address, port))))
                .toList();
    }
}
