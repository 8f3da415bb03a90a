package io.osmj.demo.scene;

import io.osmj.demo.folder.Member;
import io.osmj.demo.place.Place;
import io.osmj.demo.place.PodPlace;
import io.osmj.demo.program.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the programs of pods. */
final class PodPrograms {
    private final Path work;
    private final Place place;
    private final Launch launch;
    private final Optional<Dapr> dapr;

    PodPrograms(Path work, Place place, Launch launch, Optional<Dapr> dapr) {
        this.work = work;
        this.place = place;
        this.launch = launch;
        this.dapr = dapr;
    }

    static PodPlace place(Member member) {
        return new PodPlace(member.name(), member.podAddress(), member.port());
    }

    /** An application that calls these, and tells the answers line by line. */
    Program application(Member member, List<Member> callees, Consumer<String> lines) {
        return new Program(
                member.name(),
                dapr.isPresent() ? "its daprd answers 500 for it" : "its Envoy answers 503 for it",
                () -> place.application(place(member), launch.application(arguments(member, callees))),
                work.resolve(member.name() + ".log"),
                lines);
    }

    private List<String> arguments(Member member, List<Member> callees) {
        List<String> arguments =
                new ArrayList<>(List.of(member.name(), member.applicationAddress() + ":" + member.port()));
        place.outbound(place(member)).ifPresent(address -> arguments.add("--outbound=" + address));
        callees.forEach(callee ->
                arguments.add(callee.name() + "=" + (dapr.isPresent() ? Dapr.url(callee.name()) : callee.url())));
        return arguments;
    }

    /** The daprd of an application, if it has one. */
    Optional<Program> daprd(Member member) {
        return dapr.map(between -> new Program(
                "daprd/" + member.name(),
                member.name() + " is cut off, since its calls go through Dapr",
                () -> place.application(place(member), between.command(member)),
                work.resolve("daprd-" + member.name() + ".log"),
                _ -> {}));
    }

    /** The Envoy of an application, with what the control plane wrote for it into this folder. */
    Sidecar sidecar(Member member, Path state) {
        Bootstrap bootstrap = new Bootstrap(work, member.name(), place.sidecarUser());
        Program envoy = new Program(
                "envoy/" + member.name(),
                member.name() + " is cut off, and no call goes past it",
                () -> place.sidecar(place(member), launch.sidecar(bootstrap.write(state))),
                work.resolve("envoy-" + member.name() + ".log"),
                _ -> {});
        return new Sidecar(envoy, bootstrap.adminSocket());
    }
}
