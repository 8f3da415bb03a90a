package io.osmj.controlplane.publish;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.ResourceType;
import io.osmj.xds.serve.ResourceSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that publishes. Everything that happens is put into its mailbox; it alone touches the {@link Publication}.
 */
public final class Publisher implements ResourceSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /** How often it shows that it lives though nothing happens; long before that is doubted. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** What proxies ask is answered before the next part of a round, but a round gets on whatever they ask. */
    private static final int MOST_MESSAGES = 64;

    private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final AtomicBoolean changeInMailbox = new AtomicBoolean();
    private final LongSupplier clock;
    private final Publication publication;
    private final Thread thread = Thread.ofPlatform().name("publisher").daemon().unstarted(this::run);
    private volatile boolean open = true;
    private volatile boolean ready;
    private volatile long lastTurn;

    /**
     * A publisher that does not run yet.
     *
     * @param clock nanoseconds, never going back
     */
    public Publisher(
            TrustDomain trustDomain,
            MeshSource source,
            SecretSource secrets,
            PublicationObserver observer,
            LongSupplier clock,
            Pace pace) {
        long zero = clock.getAsLong();
        this.clock = () -> clock.getAsLong() - zero;
        this.publication = new Publication(trustDomain, source, secrets, observer, this.clock, pace);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** The state may have changed. Returns at once; a storm of calls costs one look. */
    public void changed() {
        if (changeInMailbox.compareAndSet(false, true)) {
            mailbox.add(() -> {
                changeInMailbox.set(false);
                publication.changed();
            });
        }
    }

    /** The secrets of any identity may have changed. */
    public void secretsChanged() {
        mailbox.add(publication::secretsChanged);
    }

    /** The secrets of this account have changed. */
    public void secretsChanged(ServiceAccount account) {
        mailbox.add(() -> publication.secretsChanged(account));
    }

    @Override
    public Subscription subscribe(ProxyIdentity proxy, Watcher watcher) {
        Seat seat = new Seat(proxy, watcher, clock.getAsLong());
        mailbox.add(() -> publication.attendance().join(seat));
        return new Subscription() {
            @Override
            public void demand(long ticket, ResourceType type, Set<String> names) {
                Asked asked = Asked.of(type, names);
                mailbox.add(() -> publication.attendance().asked(seat, ticket, asked));
            }

            @Override
            public void forget(ResourceType type, Set<String> names) {
                mailbox.add(() -> publication.attendance().forget(seat, type, names));
            }

            @Override
            public void release(ResourceType type, Set<String> names) {
                mailbox.add(() -> publication.attendance().release(seat, type, names));
            }

            @Override
            public void keeps(CertificateVersion certificate) {
                mailbox.add(() -> publication.attendance().keeps(seat, certificate.end()));
            }

            @Override
            public void close() {
                mailbox.add(() -> publication.attendance().leave(seat));
            }
        };
    }

    /** The proxies that are connected, in the order in which they came. Waits for the publisher, but not for long. */
    public List<ConnectedProxy> connected() {
        CompletableFuture<List<ConnectedProxy>> answer = new CompletableFuture<>();
        mailbox.add(() -> answer.complete(publication.attendance().connected()));
        return answer.completeOnTimeout(List.of(), 2, TimeUnit.SECONDS).join();
    }

    /**
     * The answer of the mesh as it is now, on the publisher's thread, which has more to do: the question must be a small one. When there
     * is no answer within two seconds there is the other one.
     */
    public <T> CompletableFuture<T> ask(Function<MeshIndex, T> question, T otherwise) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        mailbox.add(() -> answer.complete(publication.ask(question)));
        return answer.completeOnTimeout(otherwise, 2, TimeUnit.SECONDS);
    }

    /** How many messages wait for the thread. */
    public int waiting() {
        return mailbox.size();
    }

    /** Whether a state was published. */
    public boolean ready() {
        return ready;
    }

    /** How long the thread has been busy with one thing or, worse, is not there any more. */
    public Duration sinceLastTurn() {
        return Duration.ofNanos(clock.getAsLong() - lastTurn);
    }

    /** Stops the thread; what proxies have, they keep. */
    @Override
    public void close() {
        open = false;
        mailbox.add(() -> {});
    }

    private void run() {
        while (open) {
            try {
                turn();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("The publisher failed and goes on with what it has", e);
            }
        }
    }

    private void turn() throws InterruptedException {
        long wait = Math.clamp(publication.due() - clock.getAsLong(), 0, LONGEST_WAIT.toNanos());
        Runnable next = mailbox.poll(wait, TimeUnit.NANOSECONDS);
        for (int left = MOST_MESSAGES; next != null; left--) {
            next.run();
            next = left > 1 ? mailbox.poll() : null;
        }
        publication.work();
        ready = publication.ready();
        lastTurn = clock.getAsLong();
    }
}
