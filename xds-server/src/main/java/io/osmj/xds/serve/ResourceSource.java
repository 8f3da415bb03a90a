package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.Set;

/** Where the transport gets a proxy's resources from, and hears of every change to them. */
@FunctionalInterface
public interface ResourceSource {
    /**
     * Starts to tell the watcher about a proxy. The first word may come during the call or later; until it comes the
     * proxy is told nothing at all, and after {@link StreamLimits#firstResources()} it is sent away to try again. One proxy
     * may be subscribed more than once (an Envoy that restarts hot has two streams).
     */
    Subscription subscribe(ProxyIdentity proxy, Watcher watcher);

    /** One stream of a proxy. Every method returns at once; they are called one at a time. */
    interface Subscription extends AutoCloseable {
        /**
         * The proxy asks by name for resources that are not in the set it is to have. It waits for them, so they are to be
         * looked up at once and ahead of work for many: the answer is {@link Watcher#changed} with this ticket or a later
         * one, and with those of them that exist in the set. Those that do not exist are left out; should they come to
         * exist while the stream lasts, they are to be in a later set.
         *
         * <p>A name that the proxy asks for and has is asked for here when it leaves the set. A name may be asked for more than once. How many there may be, and how fast, is limited by {@link
         * StreamLimits.Demand}.
         *
         * @param ticket one more than in the call before; the first is 1
         * @param type one of which a client may ask for all there is ({@link ResourceType#wildcard()})
         * @param names not empty; whatever the client wrote
         */
        void demand(long ticket, ResourceType type, Set<String> names);

        /**
         * The proxy asked by name for these, and they do not exist; it has asked for so many that they are remembered no longer. Should
         * they come to exist they need not be in a later set, unless the proxy asks for them anew.
         *
         * @param names that no set told so far holds
         */
        default void forget(ResourceType type, Set<String> names) {}

        /**
         * The proxy asked by name for these and does not any more. What it would not have if it had never asked is to leave the set,
         * and need not do so at once.
         *
         * @param names there or not
         */
        default void release(ResourceType type, Set<String> names) {}

        /**
         * The proxy keeps this certificate from an earlier stream, because it is as good as that in the set. It ends sooner
         * than that, so the set has to have another in time.
         */
        default void keeps(CertificateVersion certificate) {}

        /** Ends with the stream. No call to the watcher has any effect afterwards. */
        @Override
        void close();
    }

    /**
     * The stream's side. Every method returns at once whatever the proxy does, may be called from any thread, and only
     * the latest word counts.
     */
    interface Watcher {
        /**
         * The proxy is to have exactly this. An empty set takes everything away, so it is only for who should have nothing.
         *
         * @param answered the highest ticket of {@link Subscription#demand} that the set takes into account; 0 if none. What
         *     was asked for under it or before, and is not in the set, the proxy is told not to exist
         */
        void changed(ResourceSet resources, long answered);

        /** The pod is not there any more, or not in the mesh: ends the stream with PERMISSION_DENIED. */
        void gone(String reason);

        /** What the proxy should have is not known yet: ends the stream with UNAVAILABLE, and the proxy tries again. */
        void notReady(String reason);
    }
}
