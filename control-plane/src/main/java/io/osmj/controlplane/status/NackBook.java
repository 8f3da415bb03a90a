package io.osmj.controlplane.status;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.xds.resource.ResourceType;
import io.osmj.xds.serve.Nack;
import io.osmj.xds.serve.NackListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What proxies refuse now. A refusal is a problem of the pod until it is settled. */
public final class NackBook implements NackListener {
    private static final Logger LOG = LoggerFactory.getLogger(NackBook.class);
    private static final int LONGEST_TEXT = 500;

    private final ProblemBoard board;
    private final Map<Key, Problem> refused = new ConcurrentHashMap<>();

    private record Key(ProxyIdentity proxy, ResourceType type, String name) {}

    /** A book that puts problems on this board. */
    public NackBook(ProblemBoard board) {
        this.board = board;
    }

    @Override
    public void refused(Nack nack) {
        LOG.warn("{} refuses {} {}: {}", nack.proxy(), nack.type(), nack.names(), nack.text());
        if (!nack.isolated()) {
            return;
        }
        Problem problem = problem(nack);
        Optional.ofNullable(refused.put(
                        new Key(nack.proxy(), nack.type(), nack.names().getFirst()), problem))
                .filter(last -> !last.equals(problem))
                .ifPresent(board::settled);
        board.raise(problem);
    }

    @Override
    public void settled(ProxyIdentity proxy, ResourceType type, String name) {
        Optional.ofNullable(refused.remove(new Key(proxy, type, name))).ifPresent(board::settled);
    }

    /** What a proxy refuses now, in words, sorted. */
    public List<String> of(ProxyIdentity proxy) {
        return refused.entrySet().stream()
                .filter(entry -> entry.getKey().proxy().equals(proxy))
                .map(entry -> entry.getValue().message())
                .sorted()
                .toList();
    }

    private static Problem problem(Nack nack) {
        String text = nack.text().length() > LONGEST_TEXT ? nack.text().substring(0, LONGEST_TEXT) : nack.text();
        return new Problem(
                ProblemCode.M5001,
                new ObjectRef(
                        "Pod", nack.proxy().account().namespace(), nack.proxy().pod()),
                "",
                "Its proxy refuses " + nack.type() + " " + nack.names().getFirst() + ": " + text,
                "Look for the object this comes from among the other problems; if there is none, it is a fault of the mesh.");
    }
}
