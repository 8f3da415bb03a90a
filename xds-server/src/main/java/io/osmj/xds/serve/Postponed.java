package io.osmj.xds.serve;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a call of which it is not known yet who will. What happens meanwhile is told later; it is little, because nobody
 * has asked for a message yet.
 */
final class Postponed<Q> extends ServerCall.Listener<Q> {
    private final List<Consumer<ServerCall.Listener<Q>>> before = new ArrayList<>();
    private ServerCall.@Nullable Listener<Q> listener;

    /** From now on this one listens. It is made while nothing is told, so the call is touched by one thread at a time. */
    synchronized void is(Supplier<ServerCall.Listener<Q>> made) {
        ServerCall.Listener<Q> known = made.get();
        before.forEach(event -> event.accept(known));
        before.clear();
        listener = known;
    }

    private synchronized void tell(Consumer<ServerCall.Listener<Q>> event) {
        if (listener == null) {
            before.add(event);
        } else {
            event.accept(listener);
        }
    }

    @Override
    public void onMessage(Q message) {
        tell(known -> known.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        tell(ServerCall.Listener::onHalfClose);
    }

    @Override
    public void onCancel() {
        tell(ServerCall.Listener::onCancel);
    }

    @Override
    public void onComplete() {
        tell(ServerCall.Listener::onComplete);
    }

    @Override
    public void onReady() {
        tell(ServerCall.Listener::onReady);
    }
}
