package io.osmj.controlplane.status;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.origin.Source;
import io.osmj.core.origin.Suspects;
import io.osmj.core.problem.ObjectRef;
import io.osmj.xds.serve.Nack;
import java.util.List;

/**
 * One resource that one proxy refuses, and why.
 *
 * @param proxy who refuses
 * @param resource type and name of what it refuses
 * @param suspects the objects behind it; none where it is the mesh's own doing
 * @param words what the proxy says, without the name of the resource, so that those who say it of several say the same
 */
record Refusal(ProxyIdentity proxy, String resource, Suspects suspects, String words) {
    private static final int LONGEST_TEXT = 500;
    private static final String IT = "[it]";

    /**
     * What several refusals have in common.
     *
     * @param object what is to be mended
     * @param words what the proxies say
     */
    record Cause(ObjectRef object, String words) {}

    static Refusal of(Nack nack, List<Source> sources) {
        String name = nack.names().getFirst();
        String words = nack.text().replace(name, IT);
        return new Refusal(
                nack.proxy(),
                nack.type() + " " + name,
                Suspects.of(sources, words),
                words.length() > LONGEST_TEXT ? words.substring(0, LONGEST_TEXT) : words);
    }

    Cause cause() {
        return new Cause(object(), words);
    }

    /** Where no object is known it is the pod whose proxy has to do with it. */
    private ObjectRef object() {
        return suspects.objects().isEmpty()
                ? new ObjectRef("Pod", proxy.account().namespace(), proxy.pod())
                : suspects.objects().getFirst();
    }

    String pod() {
        return proxy.account().namespace() + "/" + proxy.pod();
    }

    /** {@code ROUTE rds-inbound.8080 of HTTPRouteGroup shop/routes: ...}. */
    @Override
    public String toString() {
        return resource + " of " + object() + ": " + words;
    }
}
