package io.osmj.xds.serve;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.osmj.core.identity.ProxyIdentity;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets only authenticated proxies reach the service, and says who they are. */
final class Authentication implements ServerInterceptor, AutoCloseable {
    static final Context.Key<ProxyIdentity> PROXY = Context.key("proxy");

    private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "bearer ";

    /** All proxies come back at once when the server restarts; the API server is not to feel it. */
    private static final int MOST_AT_ONCE = 8;

    /** A proxy that waits in line is served sooner than one that is sent away and tries again. */
    private static final int MOST_WAITING = 20_000;

    private final Authenticator authenticator;
    private final XdsMetrics metrics;
    private final ThreadPoolExecutor judges = Workers.named("xds-token", MOST_AT_ONCE, Integer.MAX_VALUE);
    private final FairLine line = new FairLine(judges, MOST_WAITING);
    private final Arrivals arrivals = new Arrivals();

    Authentication(Authenticator authenticator, XdsMetrics metrics) {
        this.authenticator = authenticator;
        this.metrics = metrics;
        // A stream that comes while the server ends is ended with its connection.
        judges.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Returns at once; the call waits, without a thread, until its token is judged. */
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Postponed<Q> postponed = new Postponed<>();
        Context context = Context.current();
        Object peer = peer(call);
        if (!arrivals.mayOpen(peer, System.nanoTime())) {
            return refuse(call, Status.UNAVAILABLE, "too many streams are opened; try again later");
        }
        boolean waits = line.join(peer, () -> {
            if (!call.isCancelled()) {
                Authenticator.Verdict verdict = judge(headers);
                postponed.is(() -> admit(verdict, context, call, headers, next));
            }
        });
        return waits
                ? postponed
                : refuse(call, Status.UNAVAILABLE, "too many proxies wait for their tokens to be checked");
    }

    /** Whose share it is: nobody is known yet, so it is the address that counts. */
    private static Object peer(ServerCall<?, ?> call) {
        SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return address instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress()
                : "elsewhere";
    }

    private <Q, R> ServerCall.Listener<Q> admit(
            Authenticator.Verdict verdict,
            Context context,
            ServerCall<Q, R> call,
            Metadata headers,
            ServerCallHandler<Q, R> next) {
        return switch (verdict) {
            case Authenticator.Accepted(ProxyIdentity proxy) ->
                open(context.withValue(PROXY, proxy), call, headers, next);
            case Authenticator.Refused(String reason) -> refuse(call, Status.UNAUTHENTICATED, reason);
            case Authenticator.Forbidden(String reason) -> refuse(call, Status.PERMISSION_DENIED, reason);
            case Authenticator.Unavailable(String reason) -> refuse(call, Status.UNAVAILABLE, reason);
        };
    }

    /** Nobody else would end a call that failed here. */
    private static <Q, R> ServerCall.Listener<Q> open(
            Context context, ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        try {
            return Contexts.interceptCall(context, call, headers, next);
        } catch (RuntimeException e) {
            LOG.error("A stream could not be opened", e);
            call.close(Status.INTERNAL.withDescription("the server failed; see its log"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private Authenticator.Verdict judge(Metadata headers) {
        String token = null;
        Iterable<String> values = headers.getAll(AUTHORIZATION);
        for (String value : values == null ? List.<String>of() : values) {
            if (token != null) {
                return new Authenticator.Refused("more than one 'authorization' in the metadata of the stream");
            }
            token = value;
        }
        if (token == null) {
            return new Authenticator.Refused(
                    "no 'authorization' in the metadata of the stream; send 'Bearer' and the pod's service account token");
        }
        if (!token.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return new Authenticator.Refused("the 'authorization' of the stream does not start with 'Bearer '");
        }
        return ask(token.substring(SCHEME.length()).strip());
    }

    private Authenticator.Verdict ask(String token) {
        try {
            return authenticator.authenticate(token);
        } catch (RuntimeException e) {
            LOG.error("The authenticator failed", e);
            return new Authenticator.Unavailable("the token could not be checked now");
        }
    }

    private <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Status status, String reason) {
        metrics.turnedAway.increment();
        if (arrivals.mayLog(peer(call), System.nanoTime())) {
            LOG.info("Refused a stream: {}: {}", status.getCode(), reason);
        }
        call.close(status.withDescription(reason), new Metadata());
        return new ServerCall.Listener<>() {};
    }

    @Override
    public void close() {
        judges.shutdownNow();
    }
}
