package io.osmj.controlplane.publish;

import static java.util.Objects.requireNonNull;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.StatePatch;
import io.osmj.xds.render.SecretRenderer;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A publication with its streams, an issuer that may fail, and a clock that the test moves; no threads. */
abstract class TestPublication implements PublicationObserver {
    private static final long MILLI = 1_000_000;

    boolean issuerFails;

    /** The account for which alone nothing is issued, and how often something is asked for each. */
    String unlucky = "";

    final Map<String, Integer> issues = new HashMap<>();

    /** What was said to be wrong, each time that it was something else. */
    final List<List<Problem>> reports = new ArrayList<>();

    private final IdentityHashMap<Told, Seat> seats = new IdentityHashMap<>();
    private final Map<SpiffeId, Integer> renewals = new HashMap<>();
    private long now;
    private final Publication publication =
            new Publication(TrustDomain.CLUSTER_LOCAL, this::take, this::secrets, this, () -> now, Pace.DEFAULT);

    /** The state, or what of it was not looked at yet; empty while it is not known. */
    abstract Optional<Outcome<StatePatch>> look();

    /** The last look was not taken in. */
    void failed() {}

    private void take(Consumer<Outcome<StatePatch>> taker) {
        look().ifPresent(seen -> {
            boolean taken = false;
            try {
                taker.accept(seen);
                taken = true;
            } finally {
                if (!taken) {
                    failed();
                }
            }
        });
    }

    void changed() {
        publication.changed();
    }

    void renew(ServiceAccount account) {
        renewals.merge(account.in(TrustDomain.CLUSTER_LOCAL), 1, Integer::sum);
        publication.secretsChanged(account);
    }

    /** Lets time pass, waking the publication whenever it asked to be. */
    void after(int millis) {
        long end = now + millis * MILLI;
        while (publication.due() <= end) {
            now = Math.max(now, publication.due());
            publication.work();
        }
        now = end;
    }

    /** Does only what is due next, which may be a part of a round. */
    void next() {
        now = Math.max(now, publication.due());
        publication.work();
    }

    Told join(ProxyIdentity proxy) {
        Told told = new Told();
        Seat seat = new Seat(proxy, told, now);
        seats.put(told, seat);
        publication.attendance().join(seat);
        return told;
    }

    /** The proxy asks for an address. */
    void ask(Told told, long ticket, String address, int port) {
        ask(told, ticket, Asked.of(Set.of(new DialledAddress(address, port)), Set.of()));
    }

    /** The proxy asks for an address that it took for one to which bytes are carried. */
    void askAsBytes(Told told, long ticket, String address, int port) {
        ask(told, ticket, "t|" + address + ":" + port);
    }

    /** The proxy asks for a service by name. */
    void ask(Told told, long ticket, ServicePort service) {
        ask(told, ticket, Asked.of(Set.of(), Set.of(service)));
    }

    /** The proxy asks for clusters by these names. */
    void ask(Told told, long ticket, String... names) {
        ask(told, ticket, Asked.of(ResourceType.CLUSTER, Set.of(names)));
    }

    /** The stream says that it does not need these any more. Gives what is kept of what it asked for. */
    Asked forget(Told told, String... names) {
        Seat seat = requireNonNull(seats.get(told));
        publication.attendance().forget(seat, ResourceType.CLUSTER, Set.of(names));
        return seat.asked();
    }

    /** The stream says that the proxy has given these up. Gives what is kept of what it asked for. */
    Asked release(Told told, String... names) {
        Seat seat = requireNonNull(seats.get(told));
        publication.attendance().release(seat, ResourceType.CLUSTER, Set.of(names));
        return seat.asked();
    }

    private void ask(Told told, long ticket, Asked question) {
        publication.attendance().asked(seat(told), ticket, question);
    }

    /** Serves from its start the streams of another one, each asking at once all it ever asked there; what they are told here. */
    IdentityHashMap<Told, Told> takeOver(TestPublication other, Collection<Told> streams) {
        renewals.putAll(other.renewals);
        changed();
        after(1000);
        IdentityHashMap<Told, Told> anew = new IdentityHashMap<>();
        streams.forEach(told -> anew.put(told, join(other.seat(told).proxy)));
        anew.forEach((there, here) -> ask(here, 1, other.seat(there).asked()));
        after(1000);
        return anew;
    }

    private Seat seat(Told told) {
        return requireNonNull(seats.get(told));
    }

    /** The proxy's stream ends. */
    void leave(Told told) {
        publication.attendance().leave(requireNonNull(seats.remove(told)));
    }

    /** What is kept of what was rendered. */
    Rendering rendered() {
        return publication.rendering();
    }

    private List<EnvoyResource> secrets(SpiffeId identity) {
        String account = identity.uri().substring(identity.uri().lastIndexOf('/') + 1);
        issues.merge(account, 1, Integer::sum);
        if (issuerFails || account.equals(unlucky)) {
            throw new IllegalStateException("nothing is issued now");
        }
        return List.of(SecretRenderer.certificate(identity.uri() + renewals.getOrDefault(identity, 0), "key"));
    }

    @Override
    public void problems(List<Problem> problems) {
        reports.add(problems);
    }

    @Override
    public void judged() {}

    @Override
    public void settings(MeshSettings settings) {}

    @Override
    public void published(Duration took, int proxies) {}

    @Override
    public void turnedAway() {}
}
