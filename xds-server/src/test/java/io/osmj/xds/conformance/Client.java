package io.osmj.xds.conformance;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One stream to the server. It says what it is told to, in its protocol, and gives responses as they come.
 *
 * @param <Q> what it sends
 * @param <R> what it is answered with
 */
abstract class Client<Q, R> {
    /** Only a miss takes so long. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final WireLog log;
    private final StreamObserver<Q> requests;
    private final BlockingQueue<Optional<R>> inbox = new LinkedBlockingQueue<>();
    private final List<Answer> unread = new ArrayList<>();
    private final Set<String> nonces = new HashSet<>();
    private volatile Status end = Status.OK;

    Client(Channel channel, MethodDescriptor<Q, R> method, WireLog log) {
        this.log = log;
        this.requests = ClientCalls.asyncBidiStreamingCall(channel.newCall(method, CallOptions.DEFAULT), new Inbox());
    }

    private final class Inbox implements StreamObserver<R> {
        @Override
        public void onNext(R response) {
            inbox.add(Optional.of(response));
        }

        @Override
        public void onError(Throwable error) {
            end = Status.fromThrowable(error);
            inbox.add(Optional.empty());
        }

        @Override
        public void onCompleted() {
            inbox.add(Optional.empty());
        }
    }

    /** Asks for more names, and for some no longer. With neither, and at first, it asks for all there is. */
    abstract void ask(ResourceType type, Collection<String> more, Collection<String> less);

    /** Asks for names under a nonce that is of no response of this stream. */
    abstract void askUnder(String nonce, ResourceType type, Collection<String> more);

    /** The first request of a client that was with another server before and has this, in these versions by name. */
    abstract void comeBack(ResourceType type, Map<String, String> held);

    abstract void accept(Answer answer);

    abstract void refuse(Answer answer);

    abstract String tell(Q request);

    abstract String tell(Answer answer);

    abstract Answer answer(ResourceType type, R response);

    abstract String typeUrl(R response);

    final void send(Q request) {
        log.sent(tell(request));
        requests.onNext(request);
    }

    /** The next response of this type. */
    final Answer read(ResourceType type) {
        for (Iterator<Answer> earlier = unread.iterator(); earlier.hasNext(); ) {
            Answer answer = earlier.next();
            if (answer.type() == type) {
                earlier.remove();
                return answer;
            }
        }
        while (true) {
            Answer answer = next().orElseThrow(() -> new Miss("the stream ended: " + end));
            if (answer.type() == type) {
                return answer;
            }
            unread.add(answer);
        }
    }

    private Optional<Answer> next() {
        try {
            Optional<R> response = inbox.poll(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            if (response == null) {
                throw new Miss("nothing came for " + LONGEST.toSeconds() + " s");
            }
            return response.map(this::heard);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer heard(R response) {
        Answer answer = answer(
                ResourceType.ofTypeUrl(typeUrl(response))
                        .orElseThrow(() -> new Miss("a response of the unknown type " + typeUrl(response))),
                response);
        log.heard(tell(answer));
        answer.check(nonces);
        return answer;
    }

    /** Says that it has nothing more to say, and gives what the server still had to. */
    final List<Answer> end() {
        requests.onCompleted();
        List<Answer> rest = new ArrayList<>(unread);
        for (Optional<Answer> answer = next(); answer.isPresent(); answer = next()) {
            rest.add(answer.get());
        }
        if (!end.isOk()) {
            throw new Miss("the stream ended with " + end);
        }
        return rest;
    }
}
