package io.osmj.xds.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several streams of one pod, some of which refuse at random, looked at only when something has come in, when they are woken and when
 * their time has come. What may be sent has been sent by then, or is sent within a minute though nothing comes in.
 */
final class ManyStreamsSimulationTest {
    private static final StreamLimits LIMITS = StreamLimits.DEFAULT;

    private final Conduct conduct = new Conduct(LIMITS);
    private final Set<Stream> dirty = new LinkedHashSet<>();
    private final List<Stream> streams = new ArrayList<>();
    private Random random = new Random(0);
    private long now;
    private final List<String> log = new ArrayList<>();

    private final class Stream {
        final StreamState state = new StreamState(
                Samples.BOOKSTORE,
                Protocol.DELTA,
                LIMITS,
                new NackListener() {
                    @Override
                    public void refused(Nack nack) {}

                    @Override
                    public void settled(ProxyIdentity proxy, ResourceType type, String name) {}
                },
                conduct,
                this::wake);
        final Deque<DeltaAnswer> unread = new ArrayDeque<>();
        final double refuses = random.nextInt(3) == 0 ? random.nextDouble() : 0;
        long alarm = Long.MAX_VALUE;

        void wake() {
            dirty.add(this);
        }

        void pump() {
            for (Optional<DeltaAnswer> next = state.next(now); next.isPresent(); next = state.next(now)) {
                unread.add(next.get());
            }
            long delay = state.delay(now);
            alarm = delay == Long.MAX_VALUE ? Long.MAX_VALUE : now + delay;
        }

        void send(ResourceType type, List<String> names, String nonce, Optional<String> refusal) {
            var _ = state.request(new DeltaRequest(type, names, List.of(), Map.of(), nonce, refusal), now);
            dirty.add(this);
        }

        boolean read() {
            DeltaAnswer answer = unread.poll();
            if (answer != null) {
                boolean no = random.nextDouble() < refuses;
                log.add((no ? "refuses " : "accepts ") + streams.indexOf(this) + " " + answer.type());
                send(answer.type(), List.of(), answer.nonce(), no ? Optional.of("no") : Optional.empty());
            }
            return answer != null;
        }
    }

    static LongStream seeds() {
        return LongStream.range(1, 600);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingWaitsForEver(long seed) {
        random = new Random(seed);
        for (int step = 0; step < 400; step++) {
            step();
            look();
            if (random.nextInt(5) == 0) {
                check(step);
            }
        }
    }

    private void look() {
        int spins = 0;
        while (true) {
            streams.stream().filter(stream -> stream.alarm <= now).forEach(dirty::add);
            if (dirty.isEmpty()) {
                return;
            }
            assertThat(spins++).as("spinning").isLessThan(300);
            Stream stream = new ArrayList<>(dirty).get(random.nextInt(dirty.size()));
            dirty.remove(stream);
            stream.alarm = Long.MAX_VALUE;
            if (streams.contains(stream)) {
                stream.pump();
            }
        }
    }

    private void check(int step) {
        for (Stream stream : streams) {
            long alarm = stream.alarm;
            Optional<DeltaAnswer> left = stream.state.next(now);
            assertThat(left.isEmpty() || alarm - now <= PerMinute.MINUTE)
                    .as("%s left on stream %s in step %s after %s", left, streams.indexOf(stream), step, lately())
                    .isTrue();
            left.ifPresent(stream.unread::add);
        }
    }

    private List<String> lately() {
        return log.subList(Math.max(0, log.size() - 6), log.size());
    }

    private void step() {
        switch (random.nextInt(14)) {
            case 0 -> {
                if (streams.size() < 8) {
                    Stream stream = new Stream();
                    streams.add(stream);
                    tell(stream);
                }
            }
            case 1 -> {
                if (!streams.isEmpty() && random.nextInt(3) == 0) {
                    Stream stream = streams.remove(random.nextInt(streams.size()));
                    stream.state.end();
                }
            }
            case 2, 3, 4, 5 -> ask();
            case 6 -> streams.forEach(this::tell);
            case 7 -> now += Duration.ofMillis(random.nextInt(3000)).toNanos();
            case 8 -> {
                if (random.nextInt(4) == 0) {
                    now += Duration.ofSeconds(random.nextInt(30)).toNanos();
                }
            }
            default -> {
                if (!streams.isEmpty()) {
                    boolean _ = streams.get(random.nextInt(streams.size())).read();
                }
            }
        }
    }

    private void ask() {
        if (streams.isEmpty()) {
            return;
        }
        Stream stream = streams.get(random.nextInt(streams.size()));
        switch (random.nextInt(5)) {
            case 0 -> stream.send(ResourceType.CLUSTER, List.of("*"), "", Optional.empty());
            case 1 -> stream.send(ResourceType.ENDPOINT, List.of("c" + random.nextInt(4)), "", Optional.empty());
            case 2 -> stream.send(ResourceType.LISTENER, List.of("*"), "", Optional.empty());
            case 3 -> stream.send(ResourceType.ROUTE, List.of("r" + random.nextInt(2)), "", Optional.empty());
            default -> stream.send(ResourceType.SECRET, List.of("s"), "", Optional.empty());
        }
    }

    private void tell(Stream stream) {
        List<EnvoyResource> all = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            if (random.nextInt(3) > 0) {
                all.add(Samples.cluster("c" + number, 1 + random.nextInt(2)));
                all.add(Samples.endpoints("c" + number, 1 + random.nextInt(2)));
            }
        }
        all.add(Samples.listener("l", 1 + random.nextInt(2), "r0"));
        all.add(Samples.route("r0", "c" + random.nextInt(2)));
        all.add(Samples.secret("s", "", ""));
        stream.state.resources(ResourceSet.of(all), 0);
        dirty.add(stream);
    }
}
