package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A real server on a free port of the loopback address, with resources and tokens that a test sets. */
final class TestServer implements AutoCloseable {
    static final String TOKEN = "token-of-the-bookstore";

    final TestAuthority authority;
    final Map<String, Authenticator.Verdict> verdicts = new ConcurrentHashMap<>();
    final AtomicReference<ServerCertificate> certificate;
    final List<Nack> nacks = new CopyOnWriteArrayList<>();
    final List<Demand> demands = new CopyOnWriteArrayList<>();

    /** Names that the server said it does not need any more. */
    final List<String> forgotten = new CopyOnWriteArrayList<>();

    /** Names that the server said the proxy has given up. They leave its set if they were found. */
    final List<String> released = new CopyOnWriteArrayList<>();

    /** What exists and is not in a proxy's set until it asks for it by name. */
    final Map<String, List<EnvoyResource>> found = new ConcurrentHashMap<>();

    /** Whether demands are answered. */
    volatile boolean answering = true;

    /** How long it takes to find out that a token is not known. */
    volatile Duration doubt = Duration.ZERO;

    /** What is done before a token is judged, by the thread that judges it. */
    volatile Runnable judging = () -> {};

    final List<String> settled = new CopyOnWriteArrayList<>();
    private final Map<ProxyIdentity, ResourceSet> sets = new ConcurrentHashMap<>();
    private final Map<ResourceSource.Watcher, ProxyIdentity> watchers = new ConcurrentHashMap<>();
    private final XdsServer server;

    TestServer() {
        this(new TestAuthority(), 0, ConnectionOptions.DEFAULT, StreamLimits.DEFAULT);
    }

    TestServer(TestAuthority authority, int port, ConnectionOptions options, StreamLimits limits) {
        this.authority = authority;
        verdicts.put(TOKEN, new Authenticator.Accepted(Samples.BOOKSTORE));
        certificate = new AtomicReference<>(authority.serverCertificate());
        server = new XdsServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                certificate::get,
                backend(),
                options,
                limits);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    XdsServer.Backend backend() {
        return new XdsServer.Backend(this::authenticate, this::subscribe, new Recorder());
    }

    private Authenticator.Verdict authenticate(String token) {
        judging.run();
        Authenticator.Verdict unknown = new Authenticator.Refused("the API server does not know this token");
        if (!verdicts.containsKey(token)) {
            LockSupport.parkNanos(doubt.toNanos());
        }
        return verdicts.getOrDefault(token, unknown);
    }

    private ResourceSource.Subscription subscribe(ProxyIdentity proxy, ResourceSource.Watcher watcher) {
        watchers.put(watcher, proxy);
        ResourceSet set = sets.get(proxy);
        if (set != null) {
            watcher.changed(set, 0);
        }
        return new ResourceSource.Subscription() {
            @Override
            public void demand(long ticket, ResourceType type, Set<String> names) {
                demands.add(new Demand(ticket, type, new TreeSet<>(names)));
                List<EnvoyResource> some = names.stream()
                        .flatMap(name -> found.getOrDefault(name, List.of()).stream())
                        .toList();
                if (!some.isEmpty()) {
                    sets.merge(proxy, ResourceSet.of(some), TestServer::union);
                }
                if (answering) {
                    watcher.changed(sets.getOrDefault(proxy, ResourceSet.empty()), ticket);
                }
            }

            @Override
            public void forget(ResourceType type, Set<String> names) {
                forgotten.addAll(names);
            }

            @Override
            public void release(ResourceType type, Set<String> names) {
                released.addAll(names);
                sets.computeIfPresent(proxy, (_, before) -> without(before, names));
                watcher.changed(sets.getOrDefault(proxy, ResourceSet.empty()), 0);
            }

            @Override
            public void close() {
                watchers.remove(watcher);
            }
        };
    }

    private static ResourceSet union(ResourceSet one, ResourceSet other) {
        return ResourceSet.of(Stream.of(one, other)
                .flatMap(set -> Stream.of(ResourceType.values()).flatMap(type -> set.of(type).values().stream()))
                .toList());
    }

    private ResourceSet without(ResourceSet set, Set<String> names) {
        return ResourceSet.of(Stream.of(ResourceType.values())
                .flatMap(type -> set.of(type).values().stream())
                .filter(resource -> !names.contains(resource.name()) || !found.containsKey(resource.name()))
                .toList());
    }

    void set(ResourceSet set) {
        set(Samples.BOOKSTORE, set);
    }

    void set(ProxyIdentity proxy, ResourceSet set) {
        sets.put(proxy, set);
        each(proxy, watcher -> watcher.changed(set, 0));
    }

    void each(ProxyIdentity proxy, Consumer<ResourceSource.Watcher> word) {
        watchers.forEach((watcher, of) -> {
            if (of.equals(proxy)) {
                word.accept(watcher);
            }
        });
    }

    int watched() {
        return watchers.size();
    }

    int port() {
        return server.port();
    }

    XdsMetrics.Counts counts() {
        return server.metrics().counts();
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Recorder implements NackListener {
        @Override
        public void refused(Nack nack) {
            nacks.add(nack);
        }

        @Override
        public void settled(ProxyIdentity proxy, ResourceType type, String name) {
            settled.add(type + " " + name);
        }
    }
}
