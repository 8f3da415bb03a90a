package io.osmj.integration.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmj.injector.bootstrap.SidecarBootstrap;
import io.osmj.integration.apiserver.ApiServer;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The program behind {@code scripts/bench xds}: makes a mesh in a real API server, attaches proxies, measures. */
@Command(name = "bench xds", mixinStandardHelpOptions = true, description = "Measures the control plane.")
public final class Bench implements Callable<Integer> {
    private static final String SERVICE_RANGE = "10.64.0.0/16";
    private static final int FEW = 500;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Mixin
    private final Scale scale = new Scale();

    public static void main(String[] args) {
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (scale.sidecars > (scale.services - Scale.SPARE) * scale.pods) {
            System.err.println("--sidecars is more than the pods of all services but the last " + Scale.SPARE);
            return 2;
        }
        Figures figures = new Figures(scale.conditions(), System.out);
        figures.tell("machine.speed", MachineSpeed.milliseconds(), "ms for a million words");
        Path folder = Files.createTempDirectory("osm-bench");
        Figures.progress("starting the API server; logs in " + folder);
        try (ApiServer.Running server = ApiServer.Running.start().withServiceRange(SERVICE_RANGE)) {
            Estate estate = new Estate(scale, server.client());
            estate.create();
            Files.writeString(
                    folder.resolve("kubeconfig"),
                    OwnAccount.kubeconfig(server.client(), server.server().getKubeConfigYaml()));
            Figures.progress("all objects are there; making tokens");
            List<Pod> pods = IntStream.range(0, scale.services)
                    .boxed()
                    .flatMap(service -> estate.pods(service).stream())
                    .limit(scale.sidecars)
                    .toList();
            List<String> tokens = Estate.each(pods.size(), i -> estate.token(pods.get(i)));
            practise(folder, estate, tokens);
            long start = System.nanoTime();
            try (Subject subject = new Subject(scale, folder)) {
                subject.awaitReady();
                figures.tell("ready", (System.nanoTime() - start) / 1e9, "s");
                figures.tell("ready.cpu", subject.cpu(), "s");
                Figures.progress("the control plane is process " + subject.pid());
                try (Swarm swarm = new Swarm(subject.xdsPort)) {
                    measure(figures, new Setting(estate, subject, swarm, tokens));
                }
            }
        }
        return 0;
    }

    /** This program is cold as well: it would take the processor from the one that is measured, and its own time would count. */
    private void practise(Path folder, Estate estate, List<String> tokens) {
        Figures.progress("the proxies, and who asks the webhook, practise on a control plane that is thrown away");
        try (Subject subject = new Subject(scale, folder)) {
            subject.awaitReady();
            try (Swarm swarm = new Swarm(subject.xdsPort)) {
                attach(new Setting(estate, subject, swarm, tokens), 0, scale.sidecars);
            }
            if (scale.wants("admissions")) {
                new Admissions(subject).practise();
            }
        }
    }

    private record Setting(Estate estate, Subject subject, Swarm swarm, List<String> tokens) {}

    private void measure(Figures figures, Setting setting) {
        if (scale.only.length == 1 && scale.only[0].equals("flat")) {
            flat(figures, setting);
            return;
        }
        cold(figures, setting);
        if (scale.wants("idle")) {
            idle(figures, setting, "idle");
        }
        if (scale.wants("endpoint")) {
            Figures.progress("endpoints");
            Change.endpoints(setting.swarm, setting.subject, setting.estate, some(scale.sidecars, scale.repeats / 2))
                    .tell(figures, "endpoint");
        }
        if (scale.wants("target") && !scale.permissive()) {
            Figures.progress("targets");
            Change.targets(
                            setting.swarm,
                            setting.subject,
                            setting.estate,
                            some(scale.sidecars, scale.repeats / 2),
                            -Scale.CALLEES - 5)
                    .tell(figures, "target");
        }
        FirstContacts contacts = new FirstContacts(scale, setting.estate, setting.swarm, setting.subject);
        if (scale.wants("first-contact") && scale.permissive()) {
            contacts.run(figures);
        }
        for (int rate : new int[] {10, 20}) {
            if (scale.wants("churn" + rate)) {
                Figures.progress("churn of " + rate + " pods/s");
                new Churn(scale, setting.estate, setting.swarm, setting.subject).run(figures, rate);
            }
        }
        if (scale.wants("admissions")) {
            Figures.progress("admissions");
            new Admissions(setting.subject).run(figures);
        }
        if (scale.wants("idle")) {
            Waiting.pause(60_000);
            idle(figures, setting, "idle.later");
        }
        if (scale.wants("scan") && scale.permissive()) {
            contacts.scan(figures);
        }
        figures.tell("rss.end", setting.subject.mebibytes("VmRSS"), "MiB");
        figures.tell("rss.peak", setting.subject.mebibytes("VmHWM"), "MiB");
        if (scale.wants("restart")) {
            restart(figures, setting);
        }
    }

    /** Services whose callers are attached, spread evenly. */
    private List<Integer> some(int attached, int count) {
        int first = 2 * Scale.CALLEES;
        int last = attached / scale.pods;
        return IntStream.range(0, count)
                .mapToObj(i -> first + i * (last - first) / count)
                .toList();
    }

    private long attach(Setting setting, int from, int to) {
        List<Sidecar> fresh = new ArrayList<>();
        for (int i = from; i < to; i++) {
            fresh.add(setting.swarm.add(i / scale.pods, setting.tokens.get(i)));
        }
        long start = System.nanoTime();
        for (Sidecar sidecar : fresh) {
            sidecar.connect();
            if (scale.permissive()) {
                sidecar.dial(setting.estate.callees(sidecar.service).stream()
                        .map(setting.estate::onDemand)
                        .toList());
            }
        }
        Waiting.until("all configured", LONGEST, () -> fresh.stream().allMatch(Sidecar::configured));
        return start;
    }

    private void cold(Figures figures, Setting setting) {
        Figures.progress("attaching " + scale.sidecars);
        double before = setting.subject.cpu();
        long start = attach(setting, 0, scale.sidecars);
        double noticed = (System.nanoTime() - start) / 1e9;
        double cpu = setting.subject.cpu() - before;
        setting.swarm.awaitQuiet(1_000);
        double later = setting.subject.cpu() - before;
        Samples clusters = new Samples();
        setting.swarm.sidecars().forEach(one -> clusters.add(one.count(ResourceType.CLUSTER)));
        Tally sent = setting.swarm.take();
        Map<String, ?> what = Map.of(
                "responses", sent.responses,
                "resources", sent.resources,
                "bytesByType", sent.bytesByType,
                "clustersMedian", clusters.percentile(50),
                "streamsEnded", setting.swarm.takeEnds());
        figures.tell("cold.last", noticed, "s");
        figures.tell("cold.cpu", cpu * 1000 / scale.sidecars, "ms per sidecar");
        figures.tell("cold.cpu-with-start", setting.subject.cpu(), "s");
        figures.tell("cold.cpu-until-quiet", later * 1000 / scale.sidecars, "ms per sidecar");
        figures.tell("cold.bytes", (double) sent.bytes, "bytes", what);
        figures.tell("rss.attached", setting.subject.mebibytes("VmRSS"), "MiB");
    }

    private void idle(Figures figures, Setting setting, String name) {
        Figures.progress(name);
        Waiting.pause(5_000);
        double before = setting.subject.cpu();
        // All proxies came within seconds, and so they ask: a shorter time would meet all of their questions or none.
        Duration round = SidecarBootstrap.KEEP_ALIVE;
        Waiting.pause(round.toMillis());
        figures.tell(name + ".cpu", 100 * (setting.subject.cpu() - before) / round.toSeconds(), "% of a core");
    }

    private void restart(Figures figures, Setting setting) {
        Figures.progress("restart");
        setting.swarm.take();
        long start = System.nanoTime();
        setting.subject.restart();
        setting.subject.awaitReady();
        figures.tell("restart.ready", (System.nanoTime() - start) / 1e9, "s");
        Waiting.until("all known again", LONGEST, () -> {
            Waiting.pause(200);
            return setting.subject.get("/proxies").split("\"served\":true", -1).length - 1 == scale.sidecars;
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        setting.swarm.awaitQuiet(2_000);
        Tally sent = setting.swarm.take();
        int secrets = sent.resources.getOrDefault(ResourceType.SECRET, 0);
        int all = sent.resources.values().stream().mapToInt(Integer::intValue).sum();
        Map<String, ?> what = Map.of(
                "resources", sent.resources, "bytesByType", sent.bytesByType, "streamsEnded", setting.swarm.takeEnds());
        figures.tell("restart.known", seconds, "s");
        figures.tell("restart.sent-again", sent.again, "resources", what);
        // What a proxy never had: certificates that were due, and what another pod of its account uses, which is sent
        // ahead.
        figures.tell("restart.sent-first", all - sent.again, "resources", what);
        figures.tell("restart.certificates", secrets, "resources", what);
        figures.tell("restart.cpu", setting.subject.cpu() * 1000 / scale.sidecars, "ms per sidecar, start included");
        figures.tell("restart.rss", setting.subject.mebibytes("VmRSS"), "MiB");
    }

    /** The same change with the same dependants, with few and with all proxies attached. */
    private void flat(Figures figures, Setting setting) {
        List<Integer> services = some(FEW, scale.repeats / 2);
        attach(setting, 0, FEW);
        Change.endpoints(setting.swarm, setting.subject, setting.estate, services);
        Change.endpoints(setting.swarm, setting.subject, setting.estate, services)
                .tell(figures, "flat.few");
        attach(setting, FEW, scale.sidecars);
        Change.endpoints(setting.swarm, setting.subject, setting.estate, services);
        Change.endpoints(setting.swarm, setting.subject, setting.estate, services)
                .tell(figures, "flat.all");
    }
}
