package io.osmj.xds.serve;

import io.grpc.Status;
import io.grpc.stub.CallStreamObserver;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.ResourceType;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said on one stream: requests and news of the source go in, and what follows from them goes to the client, as far as
 * the transport takes it, and to the source. Used by one thread at a time.
 *
 * @param <Q> the message a client sends
 * @param <R> the message it is answered with
 */
final class Dialogue<Q, R> {
    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);

    private final ProxyIdentity proxy;
    private final CallStreamObserver<R> client;
    private final Wire<Q, R> wire;
    private final StreamContext context;
    private final Conduct conduct;
    private final StreamState state;
    private final Manners manners = new Manners();
    private ResourceSource.@Nullable Subscription source;
    private long unknownTypes;

    /** @param wake called, from any thread, when there may be something to say because of another stream of the proxy */
    Dialogue(
            ProxyIdentity proxy,
            CallStreamObserver<R> client,
            Wire<Q, R> wire,
            StreamContext context,
            Conduct conduct,
            Runnable wake) {
        this.proxy = proxy;
        this.client = client;
        this.wire = wire;
        this.context = context;
        this.conduct = conduct;
        this.state = new StreamState(proxy, wire.protocol(), context.limits(), context.nacks(), conduct, wake);
    }

    /** Who is to be asked for what the client asks for. Told before anything else. */
    void source(ResourceSource.Subscription subscription) {
        source = subscription;
    }

    /** The client asks or answers. Gives why the stream has to end; empty if it may go on. */
    Optional<Status> request(Q request) {
        context.metrics().requests.increment();
        conduct.worked(1L + wire.weight(request), context.clock().now());
        String typeUrl = wire.typeUrl(request);
        Optional<Status> fault = manners.fault(wire.node(request), typeUrl);
        if (fault.isEmpty()) {
            ResourceType.ofTypeUrl(typeUrl)
                    .ifPresentOrElse(
                            type -> understood(wire.read(type, request)),
                            () -> wire.nothing(request, ++unknownTypes).ifPresent(this::send));
        }
        return fault.or(() -> conduct.excess().map(Status.RESOURCE_EXHAUSTED::withDescription));
    }

    private void understood(DeltaRequest request) {
        long now = context.clock().now();
        state.request(request, now).ifPresent(nack -> refused(nack, now));
        tellSource();
    }

    /** One that refuses on and on does not fill the log; whoever counts sees all. */
    private void refused(Nack nack, long now) {
        context.metrics().nacks.increment();
        if (conduct.mayLog(now)) {
            LOG.warn("{} refused {} {}: {}", proxy, nack.type(), nack.names(), nack.text());
        }
    }

    /** The source says what the client is to have. */
    void resources(LatestWord.Word word) {
        state.resources(word.resources(), word.answered());
    }

    /**
     * Says all there is to say now. Gives after how many nanoseconds there may be more; empty if the transport takes no more,
     * which says itself when it does.
     */
    OptionalLong say() {
        tellSource();
        while (client.isReady()) {
            Optional<DeltaAnswer> answer = state.next(context.clock().now());
            if (answer.isEmpty()) {
                return OptionalLong.of(state.delay(context.clock().now()));
            }
            tell(answer.get());
        }
        return OptionalLong.empty();
    }

    private void tell(DeltaAnswer answer) {
        context.metrics().removals.add(answer.removed().size());
        Optional<R> response = wire.write(answer);
        if (response.isPresent()) {
            send(response.get());
        } else {
            var _ = state.request(answer.acknowledgement(), context.clock().now());
        }
    }

    private void send(R response) {
        context.metrics().responses.increment();
        context.metrics().resources.add(wire.resources(response));
        context.metrics().bytes.add(wire.bytes(response));
        client.onNext(response);
    }

    private void tellSource() {
        if (source == null) {
            return;
        }
        // A name may be forgotten and asked for again, not the other way round.
        state.forgotten().forEach(source::forget);
        state.released().forEach(source::release);
        for (Demand demand : state.demands(context.clock().now())) {
            source.demand(demand.ticket(), demand.type(), demand.names());
        }
        for (CertificateVersion certificate : state.spared()) {
            source.keeps(certificate);
        }
    }

    /** Is over. */
    void end() {
        if (source != null) {
            source.close();
        }
        state.end();
    }
}
