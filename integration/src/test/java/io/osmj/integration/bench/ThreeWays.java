package io.osmj.integration.bench;

import io.osmj.demo.place.Namespaces;
import io.osmj.demo.place.OwnRun;
import io.osmj.demo.place.PodPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A pair of pods for each way of calling: without sidecars and interception, with the leanest sidecars, and with ours. Both pairs
 * with sidecars have the injector's rules, so that what differs is their configuration.
 */
final class ThreeWays implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ANSWERED = 200;
    private static final int DENIED = 403;
    private static final int METRICS_PORT = 15_010;

    final Fortio fortio;
    final ServiceFolder mesh;
    private final PodPair plain = PodPair.of("plain", 1);
    private final PodPair lean = PodPair.of("lean", 2);
    private final PodPair ours = PodPair.of("ours", 3);
    private final Path work = OwnRun.mount();
    private final List<String> program;
    private final List<String> asInTheImage;
    private final Namespaces place = new Namespaces(work);
    private final LeanSidecars leanSidecars;
    private final FolderController controller;
    private final RunningEnvoy leanServer;
    private final RunningEnvoy ourServer;

    /** Starts all but the sidecars of clients. */
    ThreeWays(LoadScale scale) {
        program = List.of(OwnRun.reachable(scale.envoy, work).toString());
        asInTheImage = List.of("env", "LD_PRELOAD=" + OwnRun.reachable(scale.giveback, work), program.getFirst());
        fortio = new Fortio(scale.fortio, place, work);
        place.connect(plain.client());
        place.connect(plain.server());
        for (PodPair intercepted : List.of(lean, ours)) {
            place.add(intercepted.client());
            place.add(intercepted.server());
        }
        List.of(plain, lean, ours).forEach(pair -> fortio.serve(pair.server()));
        mesh = new ServiceFolder(folder("mesh"), ours, scale);
        mesh.serve(scale.called);
        controller = new FolderController(work, folder("mesh"), place);
        leanSidecars = LeanSidecars.in(folder("lean"), lean, scale.leanLog);
        leanServer = envoy(program, lean.server(), leanSidecars.server());
        ourServer = envoy(asInTheImage, ours.server(), controller.bootstrap(ours.server(), "server"));
    }

    /** The way without sidecars. */
    Arm none() {
        return answering(new Arm("none", plain, url(plain.server()), List.of()));
    }

    /** The way through the leanest sidecars, of which the client's knows so many services. */
    Arm lean(int services) {
        RunningEnvoy caller = envoy(program, lean.client(), leanSidecars.caller(services));
        return answering(new Arm("lean", lean, url(lean.server()), List.of(caller, leanServer)));
    }

    /** The way through ours. It is made sure that they refuse what no policy allows, and that their metrics can be read. */
    Arm ours() {
        RunningEnvoy caller = envoy(asInTheImage, ours.client(), controller.bootstrap(ours.client(), "client"));
        Arm arm = answering(new Arm("osm", ours, ServiceFolder.url(0, ServiceFolder.PATH), List.of(caller, ourServer)));
        int answer = fortio.post(ours.client(), ServiceFolder.url(0, ServiceFolder.FORBIDDEN));
        if (answer != DENIED) {
            throw new IllegalStateException("what no policy allows is answered with " + answer);
        }
        metrics(ours.client());
        metrics(ours.server());
        return arm;
    }

    /** Has the client of a way call until it is answered. */
    Arm answering(Arm arm, String... headers) {
        Waiting.until(
                arm.url() + " answers", SOON, () -> fortio.post(arm.pods().client(), arm.url(), headers) == ANSWERED);
        return arm;
    }

    private static void metrics(PodPlace pod) {
        URI page = URI.create("http://" + pod.address() + ":" + METRICS_PORT + "/stats/prometheus");
        try (HttpClient client = HttpClient.newHttpClient()) {
            String text = client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            if (!text.contains("envoy_cluster_upstream_rq_total{envoy_cluster_name=\"bench/")) {
                throw new IllegalStateException("no requests among the metrics of " + pod.name() + ": " + text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private RunningEnvoy envoy(List<String> with, PodPlace pod, Path config) {
        return new RunningEnvoy(place, pod, with, config, work.resolve("envoy-" + pod.name() + ".log"));
    }

    private static String url(PodPlace server) {
        return "http://" + server.address() + ":" + server.port() + ServiceFolder.PATH;
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(work.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        controller.close();
        leanServer.close();
        ourServer.close();
        // Everything else ends with the namespaces of this process.
    }
}
