package io.osmj.integration.proxyless;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.xds.XdsChannelCredentials;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The application without a sidecar. It calls over and over, and writes a line whenever the outcome is another than before:
 * target, method, status, then address and answer, or the reason.
 */
final class Buyer {
    private static final int PAUSE_MILLIS = 200;

    private final Map<String, String> last = new HashMap<>();

    private Buyer() {}

    /** Arguments: what to call, such as {@code xds:///echo.shop:8080}. */
    public static void main(String... targets) throws InterruptedException {
        List<ManagedChannel> channels = new ArrayList<>();
        for (String target : targets) {
            channels.add(
                    Grpc.newChannelBuilder(target, XdsChannelCredentials.create(InsecureChannelCredentials.create()))
                            .build());
        }
        Buyer buyer = new Buyer();
        while (true) {
            for (int each = 0; each < targets.length; each++) {
                buyer.tell(targets[each] + " " + Echo.SAY, call(channels.get(each), Echo.SAY));
                buyer.tell(targets[each] + " " + Echo.HIDE, call(channels.get(each), Echo.HIDE));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void tell(String what, String outcome) {
        if (!outcome.equals(last.put(what, outcome))) {
            System.out.println(what + " " + outcome);
        }
    }

    private static String causes(Status status) {
        StringBuilder causes = new StringBuilder();
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            causes.append(" < ").append(cause);
        }
        return causes.toString();
    }

    /** A broken outcome of a moment is an outcome too, so no call waits for a better one. */
    private static String call(ManagedChannel channel, String method) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        ClientCall<String, String> call = channel.newCall(
                Echo.method(method), CallOptions.DEFAULT.withDeadline(Deadline.after(20, TimeUnit.SECONDS)));
        call.start(
                new ClientCall.Listener<>() {
                    private String answer = "";

                    @Override
                    public void onMessage(String message) {
                        answer = message;
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        String text = status.isOk()
                                ? call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) + " " + answer
                                : status.getDescription() + causes(status);
                        outcome.complete(status.getCode() + " " + text.replaceAll("\\s+", " "));
                    }
                },
                new Metadata());
        call.sendMessage("hello");
        call.halfClose();
        call.request(2);
        return outcome.join();
    }
}
