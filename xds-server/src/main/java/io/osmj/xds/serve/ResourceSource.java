package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.ResourceSet;

/** Where the transport gets a proxy's resources from, and hears of every change to them. */
@FunctionalInterface
public interface ResourceSource {
    /**
     * Starts to tell the watcher about a proxy. The first word may come during the call or later; until it comes the
     * proxy is told nothing at all, and after {@link StreamLimits#firstResources()} it is sent away to try again. One proxy
     * may be subscribed more than once (an Envoy that restarts hot has two streams).
     */
    Subscription subscribe(ProxyIdentity proxy, Watcher watcher);

    /** Ends with the stream. No call to the watcher has any effect afterwards. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * The stream's side. Every method returns at once whatever the proxy does, may be called from any thread, and only
     * the latest word counts.
     */
    interface Watcher {
        /** The proxy is to have exactly this. An empty set takes everything away, so it is only for who should have nothing. */
        void changed(ResourceSet resources);

        /** The pod is not there any more, or not in the mesh: ends the stream with PERMISSION_DENIED. */
        void gone(String reason);

        /** What the proxy should have is not known yet: ends the stream with UNAVAILABLE, and the proxy tries again. */
        void notReady(String reason);
    }
}
