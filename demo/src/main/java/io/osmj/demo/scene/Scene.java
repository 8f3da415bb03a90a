package io.osmj.demo.scene;

import io.osmj.demo.folder.Edge;
import io.osmj.demo.folder.Member;
import io.osmj.demo.folder.MeshFolder;
import io.osmj.demo.place.Place;
import io.osmj.demo.place.PodPlace;
import io.osmj.demo.program.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Everything that runs, and what is known of it. */
public final class Scene implements AutoCloseable {
    /** Name of the control plane among the programs. */
    public static final String CONTROLLER = "osm-controller";

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Program> applications = new LinkedHashMap<>();
    private final Map<String, Sidecar> sidecars = new LinkedHashMap<>();
    private final Answers answers = new Answers();
    private final Reasons reasons = new Reasons();
    private final MeshFolder folder;
    private final Place place;
    private final ControlPlane controlPlane;

    /**
     * A scene in which nothing runs yet.
     *
     * @param work folder for all that is written; removed by its owner
     */
    public Scene(Path work, Place place, Launch launch, List<Member> cast) {
        this.place = place;
        cast.forEach(member -> members.put(member.name(), member));
        folder = new MeshFolder(work.resolve("mesh"), cast);
        controlPlane = new ControlPlane(work, folder.path(), place, launch);
        cast.forEach(member -> add(member, work, launch));
    }

    private void add(Member member, Path work, Launch launch) {
        PodPlace pod = pod(member);
        String name = member.name();
        applications.put(
                name,
                new Program(
                        name,
                        () -> place.application(pod, launch.application(arguments(member))),
                        work.resolve(name + ".log"),
                        line -> told(name, line)));
        Bootstrap bootstrap = new Bootstrap(work, name, place.sidecarUser());
        Program envoy = new Program(
                "envoy/" + name,
                () -> place.sidecar(pod, launch.sidecar(bootstrap.write(controlPlane.state()))),
                work.resolve("envoy-" + name + ".log"),
                _ -> {});
        sidecars.put(name, new Sidecar(envoy, bootstrap.adminSocket()));
    }

    private List<String> arguments(Member member) {
        List<String> arguments =
                new ArrayList<>(List.of(member.name(), member.applicationAddress() + ":" + member.port()));
        place.outbound(pod(member)).ifPresent(address -> arguments.add("--outbound=" + address));
        member.calls()
                .forEach(callee -> arguments.add(callee + "=" + member(callee).url()));
        return arguments;
    }

    private void told(String caller, String line) {
        Answer.read(line, System.nanoTime())
                .ifPresent(told -> answers.add(new Edge(caller, told.callee()), told.answer()));
    }

    private static PodPlace pod(Member member) {
        return new PodPlace(member.name(), member.podAddress(), member.port());
    }

    /** Starts all programs; the control plane is ready when this returns, the others may still be starting. */
    public void start() {
        controlPlane.program().start();
        members.values().forEach(member -> place.add(pod(member)));
        applications.values().forEach(Program::start);
        controlPlane.awaitReady();
        sidecars.values().forEach(sidecar -> sidecar.program().start());
    }

    /** The folder that the mesh is made of. */
    public MeshFolder folder() {
        return folder;
    }

    public Answers answers() {
        return answers;
    }

    /** All calls that are made. */
    public List<Edge> edges() {
        return members.values().stream()
                .flatMap(caller -> caller.calls().stream().map(callee -> new Edge(caller.name(), callee)))
                .toList();
    }

    /** Why the answer was as it was, for the user. */
    public String reason(Edge edge, Answer answer) {
        Member callee = answer.status() == 200 ? member(answer.from()) : member(edge.callee());
        return reasons.of(member(edge.caller()), callee, answer);
    }

    /** Asks all sidecars what they let in. */
    public void refreshReasons() {
        sidecars.forEach((name, sidecar) -> reasons.ask(name, sidecar.adminSocket()));
    }

    /** How many applications there are, each with a sidecar. */
    public int members() {
        return members.size();
    }

    /** What each sidecar shows and trusts at the moment, by application; without those that do not answer. */
    public Map<String, Credentials> credentials() {
        Map<String, Credentials> all = new HashMap<>();
        sidecars.forEach((name, sidecar) ->
                Credentials.ask(sidecar.adminSocket()).ifPresent(credentials -> all.put(name, credentials)));
        return all;
    }

    /** The control plane. */
    public ControlPlane controlPlane() {
        return controlPlane;
    }

    /** An application's process. */
    public Program application(String name) {
        return known(applications, name);
    }

    /** The process of an application's Envoy. */
    public Program sidecar(String name) {
        return known(sidecars, name).program();
    }

    /** All programs. */
    public List<Program> programs() {
        return Stream.of(
                        Stream.of(controlPlane.program()),
                        applications.values().stream(),
                        sidecars.values().stream().map(Sidecar::program))
                .flatMap(programs -> programs)
                .toList();
    }

    private Member member(String name) {
        return known(members, name);
    }

    private static <T> T known(Map<String, T> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    /** Ends all programs, the applications first. */
    @Override
    public void close() {
        applications.values().forEach(Program::kill);
        sidecars.values().forEach(sidecar -> sidecar.program().kill());
        controlPlane.program().close();
        place.close();
    }
}
