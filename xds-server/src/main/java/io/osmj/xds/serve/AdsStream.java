package io.osmj.xds.serve;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.ResourceSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of one proxy, from its opening to its end. All of its state, and its {@link Dialogue}, is touched on its own serial
 * executor only; gRPC, the source and the clock hand their news over and go on at once. Requests are taken one at a time,
 * responses are made only when the transport can take one.
 *
 * @param <Q> the message a client sends
 * @param <R> the message it is answered with
 */
final class AdsStream<Q, R> implements StreamObserver<Q>, ResourceSource.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(AdsStream.class);

    private final ProxyIdentity proxy;
    private final ServerCallStreamObserver<R> call;
    private final StreamContext context;
    private final SerialExecutor own;
    private final Conduct conduct;
    private final Dialogue<Q, R> dialogue;
    private final LatestWord latest = new LatestWord();
    private final Alarm wake;
    private final Alarm deadline;
    private final Alarm hearing;
    private boolean listening;
    private boolean known;
    private boolean ended;

    AdsStream(ProxyIdentity proxy, ServerCallStreamObserver<R> call, Wire<Q, R> wire, StreamContext context) {
        this.proxy = proxy;
        this.call = call;
        this.context = context;
        this.own = new SerialExecutor(context.threads());
        this.conduct = context.conducts().opened(proxy, context.clock().now());
        this.dialogue = new Dialogue<>(proxy, call, wire, context, conduct, () -> run(this::push));
        this.wake = new Alarm(context.clock(), () -> run(this::push));
        this.hearing = new Alarm(context.clock(), () -> run(this::goOn));
        this.deadline = new Alarm(context.clock(), () -> run(this::mustBeKnown));
    }

    /** Connects the call and the source to the stream. Called once, before the call delivers anything. */
    void open() {
        context.metrics().opened.increment();
        call.disableAutoRequest();
        call.setOnReadyHandler(() -> run(this::goOn));
        call.setOnCancelHandler(() -> run(this::closed));
        run(() -> {
            deadline.in(context.limits().firstResources().toNanos());
            dialogue.source(context.source().subscribe(proxy, this));
            goOn();
        });
    }

    /** The stream ends at once, whatever comes. Called instead of {@link #open}. */
    void turnAway(String reason) {
        context.metrics().opened.increment();
        run(() -> end(Status.RESOURCE_EXHAUSTED.withDescription(reason)));
    }

    /**
     * Writes what there is to write, then takes the next request, but only if its answer could be written: a client that
     * asks and does not read is not heard until it does, and one that asks for too much is heard later.
     */
    private void goOn() {
        push();
        if (ended || listening || !call.isReady()) {
            return;
        }
        long wait = conduct.hearingDelay(context.clock().now());
        if (wait > 0) {
            hearing.in(wait);
        } else {
            listening = true;
            call.request(1);
        }
    }

    private void run(Runnable task) {
        own.execute(() -> {
            try {
                if (!ended) {
                    task.run();
                }
            } catch (RuntimeException e) {
                LOG.error("The stream of {} failed", proxy, e);
                end(Status.INTERNAL.withDescription("the server failed; see its log"));
            }
        });
    }

    @Override
    public void onNext(Q request) {
        run(() -> {
            listening = false;
            dialogue.request(request).ifPresentOrElse(this::end, this::goOn);
        });
    }

    private void push() {
        latest.hear().ifPresent(word -> {
            known = true;
            deadline.cancel();
            dialogue.resources(word);
        });
        dialogue.say().ifPresent(wake::in);
    }

    @Override
    public void changed(ResourceSet resources, long answered) {
        if (latest.say(resources, answered)) {
            run(this::push);
        }
    }

    @Override
    public void gone(String reason) {
        run(() -> end(Status.PERMISSION_DENIED.withDescription(reason)));
    }

    @Override
    public void notReady(String reason) {
        run(() -> end(Status.UNAVAILABLE.withDescription(reason)));
    }

    /** Ends the stream so that the proxy connects again, to this server or to another. */
    void shutDown() {
        run(() -> end(Status.UNAVAILABLE.withDescription("the server is shutting down")));
    }

    ProxyIdentity proxy() {
        return proxy;
    }

    private void mustBeKnown() {
        if (!known) {
            end(Status.UNAVAILABLE.withDescription("the configuration of this proxy is not known yet"));
        }
    }

    @Override
    public void onError(Throwable error) {
        run(this::closed);
    }

    @Override
    public void onCompleted() {
        run(() -> {
            call.onCompleted();
            closed();
        });
    }

    private void end(Status status) {
        if (ended) {
            return;
        }
        if (conduct.mayLog(context.clock().now())) {
            LOG.info("Ending the stream of {}: {}: {}", proxy, status.getCode(), status.getDescription());
        }
        closed();
        call.onError(status.asRuntimeException());
    }

    private void closed() {
        ended = true;
        wake.cancel();
        deadline.cancel();
        hearing.cancel();
        dialogue.end();
        context.metrics().closed.increment();
        context.streams().remove(this);
        context.conducts().closed(proxy, context.clock().now());
    }
}
