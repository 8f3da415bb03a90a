package io.osmj.controlplane.status;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.origin.Source;
import io.osmj.core.problem.Problem;
import io.osmj.xds.resource.ResourceType;
import io.osmj.xds.serve.Nack;
import io.osmj.xds.serve.NackListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What proxies refuse now. A refusal is a problem of the object that the resource is made of until it is settled; if many proxies refuse
 * the same, that is one problem.
 */
public final class NackBook implements NackListener {
    private final ProblemBoard board;
    private final Origins origins;
    private final UnaryOperator<Problem> worded;

    /** Those whose object is not known yet. */
    private final Map<Key, Nack> pending = new HashMap<>();

    private final Map<Key, Refusal> refused = new HashMap<>();
    private final Map<Refusal.Cause, Refusals> byCause = new HashMap<>();

    private record Key(ProxyIdentity proxy, ResourceType type, String name) {}

    /** Knows the way back from a resource to the objects that it is made of. */
    @FunctionalInterface
    public interface Origins {
        /** The objects behind the one resource that is refused. Returns at once. */
        CompletionStage<List<Source>> of(Nack nack);
    }

    /**
     * A book that puts problems on this board.
     *
     * @param worded says where a problem is to be mended, if more is known of that than the problem itself says
     */
    public NackBook(ProblemBoard board, Origins origins, UnaryOperator<Problem> worded) {
        this.board = board;
        this.origins = origins;
        this.worded = worded;
    }

    @Override
    public void refused(Nack nack) {
        if (!nack.isolated()) {
            return;
        }
        Key key = new Key(nack.proxy(), nack.type(), nack.names().getFirst());
        synchronized (this) {
            pending.put(key, nack);
        }
        var _ = origins.of(nack)
                .whenComplete((sources, fault) -> traced(key, nack, fault == null ? sources : List.of()));
    }

    /** It may have been settled, or refused again in other words, in the meantime. */
    private synchronized void traced(Key key, Nack nack, List<Source> sources) {
        if (pending.remove(key, nack)) {
            Refusal now = Refusal.of(nack, sources);
            Refusal last = refused.put(key, now);
            Refusals group = byCause.computeIfAbsent(now.cause(), _ -> new Refusals());
            boolean same = last != null && last.cause().equals(now.cause());
            if (same) {
                group.remove(last);
            }
            group.add(now);
            // What takes the place of another is there before that one goes, so that nobody sees a moment without any.
            show(group);
            if (last != null && !same) {
                leave(last);
            }
        }
    }

    @Override
    public synchronized void settled(ProxyIdentity proxy, ResourceType type, String name) {
        Key key = new Key(proxy, type, name);
        pending.remove(key);
        Optional.ofNullable(refused.remove(key)).ifPresent(this::leave);
    }

    private void leave(Refusal refusal) {
        Refusals group = byCause.get(refusal.cause());
        if (group != null) {
            group.remove(refusal);
            if (group.isEmpty()) {
                byCause.remove(refusal.cause());
                settle(group.shown());
            } else {
                show(group);
            }
        }
    }

    private void show(Refusals group) {
        Problem last = group.shown();
        Problem now = worded.apply(group.problem());
        if (!now.equals(last)) {
            group.show(now);
            board.raise(now);
            settle(last);
        }
    }

    private void settle(@Nullable Problem problem) {
        if (problem != null) {
            board.settled(problem);
        }
    }

    /** What a proxy refuses now, in words, sorted. */
    public synchronized List<String> of(ProxyIdentity proxy) {
        return refused.entrySet().stream()
                .filter(entry -> entry.getKey().proxy().equals(proxy))
                .map(entry -> entry.getValue().toString())
                .sorted()
                .toList();
    }
}
