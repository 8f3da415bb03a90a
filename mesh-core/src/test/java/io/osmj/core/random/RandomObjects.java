package io.osmj.core.random;

import io.osmj.core.intercept.Interception;
import io.osmj.core.settings.AccessLog;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import io.osmj.core.state.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** What runs in the mesh, and how the mesh is set. */
final class RandomObjects {
    private static final List<String> PROTOCOLS = List.of("http", "http", "http", "tcp", "grpc", "https");

    private final Random random;
    private final RandomNames names;

    RandomObjects(Random random) {
        this.random = random;
        this.names = new RandomNames(random);
    }

    /** One of two pods of that name, which may have the address of another one. */
    PodState pod(ObjectKey key) {
        return new PodState(
                key.namespace(),
                key.name(),
                key.name() + "-" + random.nextInt(2),
                names.podAddress(),
                names.account(key.namespace()),
                random.nextInt(4) > 0,
                random.nextInt(4) == 0,
                random.nextInt(4) == 0 ? List.of(8081) : List.of(),
                random.nextInt(8) == 0);
    }

    ServiceState service(ObjectKey key) {
        List<ServiceState.Port> ports = new ArrayList<>();
        for (int port = 0; port <= random.nextInt(2); port++) {
            ports.add(new ServiceState.Port("p" + port, 80 + port, PROTOCOLS.get(random.nextInt(PROTOCOLS.size()))));
        }
        boolean headless = random.nextInt(3) == 0;
        return new ServiceState(
                key.namespace(), key.name(), headless ? List.of() : List.of(RandomNames.serviceAddress(key)), ports);
    }

    /** Of any pods, those of another namespace too, and some that nobody knows. */
    List<EndpointState> endpoints(ObjectKey service, Function<ObjectKey, Optional<PodState>> pods) {
        List<EndpointState> ready = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            ObjectKey pod = names.pod();
            String address = pods.apply(pod).map(PodState::address).orElseGet(() -> "10.244.1." + random.nextInt(4));
            int port = random.nextInt(2);
            String name = random.nextInt(6) == 0 ? "" : pod.name();
            ready.add(new EndpointState(service.namespace(), service.name(), "p" + port, address, 8080 + port, name));
        }
        return ready;
    }

    MeshSettings settings(MeshSettings before) {
        return new MeshSettings(
                new MeshSettings.Traffic(
                        random.nextInt(4) == 0, random.nextInt(4) == 0, random.nextBoolean(), Interception.EVERYTHING),
                before.sidecar(),
                before.certificate(),
                new MeshSettings.Observability("info", random.nextBoolean() ? AccessLog.ALL : AccessLog.FAILURES),
                random.nextInt(4) > 0);
    }
}
