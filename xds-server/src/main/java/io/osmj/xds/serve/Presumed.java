package io.osmj.xds.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Responses that count as accepted although the client has not answered them, because it lets so many stand. A refusal of one
 * still counts when it comes. The oldest are forgotten, so that a client that never answers costs no more than this.
 */
final class Presumed {
    private static final int MOST = 512;
    private static final int MOST_NAMES = 5_000;

    private final Map<String, Ledger.Response> responses = new LinkedHashMap<>();
    private int names;

    void add(String nonce, Ledger.Response response) {
        responses.put(nonce, response);
        names += response.names();
        while (names > MOST_NAMES || responses.size() > MOST) {
            var _ = take(responses.keySet().iterator().next());
        }
    }

    /** The client has answered it after all. */
    Optional<Ledger.Response> take(String nonce) {
        Optional<Ledger.Response> response = Optional.ofNullable(responses.remove(nonce));
        response.ifPresent(taken -> names -= taken.names());
        return response;
    }
}
