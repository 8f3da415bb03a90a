package io.osmj.controlplane.admission;

import static java.net.HttpURLConnection.HTTP_BAD_METHOD;
import static java.net.HttpURLConnection.HTTP_INTERNAL_ERROR;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNSUPPORTED_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.osmj.controlplane.admission.AdmissionMetrics.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One path of one server: takes reviews, leaves the decision to a decider, and trusts nothing about what is sent. */
final class AdmissionEndpoint implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionEndpoint.class);
    private static final String JSON = "application/json";

    private final String webhook;
    private final String path;
    private final Decider decider;
    private final AdmissionMetrics metrics;
    private final BodyReader bodies = new BodyReader();

    AdmissionEndpoint(String webhook, String path, Decider decider, AdmissionMetrics metrics) {
        this.webhook = webhook;
        this.path = path;
        this.decider = decider;
        this.metrics = metrics;
    }

    private record Reply(int status, String type, String body, Answer answer, boolean dryRun) {
        static Reply plain(int status, @Nullable String message, Answer answer) {
            return new Reply(status, "text/plain; charset=utf-8", message + "\n", answer, false);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        long begin = System.nanoTime();
        try (exchange) {
            Reply reply = reply(exchange);
            metrics.answered(webhook, reply.answer(), reply.dryRun(), Duration.ofNanos(System.nanoTime() - begin));
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            byte[] body = reply.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        try {
            refuseOtherThanReviews(exchange);
            return answer(read(exchange));
        } catch (MalformedRequestException e) {
            LOG.warn("The {} refused a request with {}: {}", webhook, e.status(), e.getMessage());
            return Reply.plain(e.status(), e.getMessage(), Answer.MALFORMED);
        } catch (RuntimeException e) {
            LOG.error("The {} could not answer a review.", webhook, e);
            return Reply.plain(
                    HTTP_INTERNAL_ERROR, "The control plane could not answer; its log says why.", Answer.FAILED);
        }
    }

    private void refuseOtherThanReviews(HttpExchange exchange) throws MalformedRequestException {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            throw new MalformedRequestException(HTTP_NOT_FOUND, "Nothing is here.");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            throw new MalformedRequestException(HTTP_BAD_METHOD, "Reviews are sent with POST.");
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String essence = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!essence.equals(JSON)) {
            throw new MalformedRequestException(HTTP_UNSUPPORTED_TYPE, "Expected Content-Type " + JSON + ".");
        }
    }

    private Review read(HttpExchange exchange) throws IOException, MalformedRequestException {
        try (BodyReader.Body body = bodies.read(exchange.getRequestBody(), announced(exchange.getRequestHeaders()))) {
            return ReviewFormat.read(body.bytes());
        }
    }

    private static long announced(Headers headers) {
        String length = headers.getFirst("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private Reply answer(Review review) {
        Decision decision = decider.decide(review);
        Answer answer = switch (decision) {
            case Decision.Allowed _ -> Answer.ALLOWED;
            case Decision.Patched _ -> Answer.PATCHED;
            case Decision.Denied denied -> {
                LOG.info("The {} denied a {} in {}: {}", webhook, review.kind(), review.namespace(), denied.message());
                yield Answer.DENIED;
            }
        };
        return new Reply(HTTP_OK, JSON, ReviewFormat.write(review.uid(), decision), answer, review.dryRun());
    }
}
