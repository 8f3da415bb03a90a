package io.osmj.xds.serve;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.osmj.core.identity.ProxyIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets only authenticated proxies reach the service, and says who they are. */
final class Authentication implements ServerInterceptor {
    static final Context.Key<ProxyIdentity> PROXY = Context.key("proxy");

    private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "bearer ";

    /** All proxies come back at once when the server restarts; the API server is not to feel it. */
    private static final int MOST_AT_ONCE = 32;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Authenticator authenticator;
    private final XdsMetrics metrics;
    private final Semaphore gate = new Semaphore(MOST_AT_ONCE, true);

    Authentication(Authenticator authenticator, XdsMetrics metrics) {
        this.authenticator = authenticator;
        this.metrics = metrics;
    }

    /** Blocks its virtual thread while the token is judged; the client's messages wait in its flow-control window. */
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return switch (judge(headers)) {
            case Authenticator.Accepted(ProxyIdentity proxy) ->
                Contexts.interceptCall(Context.current().withValue(PROXY, proxy), call, headers, next);
            case Authenticator.Refused(String reason) -> refuse(call, Status.UNAUTHENTICATED, reason);
            case Authenticator.Forbidden(String reason) -> refuse(call, Status.PERMISSION_DENIED, reason);
            case Authenticator.Unavailable(String reason) -> refuse(call, Status.UNAVAILABLE, reason);
        };
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
        boolean admitted = false;
        try {
            admitted = gate.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            return admitted
                    ? authenticator.authenticate(token)
                    : new Authenticator.Unavailable("too many proxies connect at once");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Authenticator.Unavailable("the server is shutting down");
        } catch (RuntimeException e) {
            LOG.error("The authenticator failed", e);
            return new Authenticator.Unavailable("the token could not be checked now");
        } finally {
            if (admitted) {
                gate.release();
            }
        }
    }

    private <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Status status, String reason) {
        metrics.turnedAway.increment();
        LOG.info("Refused a stream: {}: {}", status.getCode(), reason);
        call.close(status.withDescription(reason), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
