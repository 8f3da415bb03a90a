package io.osmj.demo.scene;

import io.osmj.demo.folder.Edge;
import io.osmj.demo.folder.Member;
import io.osmj.demo.folder.MeshFolder;
import io.osmj.demo.place.Place;
import io.osmj.demo.program.Program;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that runs, and what is known of it. */
public final class Scene implements AutoCloseable {
    /** Name of the control plane among the programs. */
    public static final String CONTROLLER = "osm-controller";

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Program> applications = new LinkedHashMap<>();
    private final Map<String, Program> daprds = new LinkedHashMap<>();
    private final Map<String, Sidecar> sidecars = new LinkedHashMap<>();
    private final Answers answers = new Answers();
    private final Reasons reasons = new Reasons();
    private final Absences absences = new Absences(applications, daprds, sidecars);
    private final MeshFolder folder;
    private final Place place;
    private final ControlPlane controlPlane;

    /**
     * A scene in which nothing runs yet.
     *
     * @param work folder for all that is written; removed by its owner
     * @param dapr what stands between applications and sidecars; empty if nothing does
     */
    public Scene(Path work, Place place, Launch launch, List<Member> cast, Optional<Dapr> dapr) {
        this.place = place;
        cast.forEach(member -> members.put(member.name(), member));
        folder = new MeshFolder(work.resolve("mesh"), cast, dapr.isPresent());
        controlPlane = new ControlPlane(work, folder.path(), place, launch);
        PodPrograms programs = new PodPrograms(work, place, launch, dapr);
        cast.forEach(member -> add(member, programs));
    }

    private void add(Member member, PodPrograms programs) {
        String name = member.name();
        List<Member> callees = member.calls().stream().map(this::member).toList();
        applications.put(name, programs.application(member, callees, line -> told(name, line)));
        programs.daprd(member).ifPresent(daprd -> daprds.put(name, daprd));
        sidecars.put(name, programs.sidecar(member, controlPlane.state()));
    }

    private void told(String caller, String line) {
        Answer.read(line, System.nanoTime())
                .ifPresent(told -> answers.add(new Edge(caller, told.callee()), told.answer()));
    }

    /** Starts all programs; the control plane is ready when this returns, the others may still be starting. */
    public void start() {
        controlPlane.program().start();
        members.values().forEach(member -> place.add(PodPrograms.place(member)));
        applications.values().forEach(Program::start);
        daprds.values().forEach(Program::start);
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
        return absences.explain(edge, answer).orElseGet(() -> reasons.of(member(edge.caller()), callee, answer));
    }

    /** Whether an application runs, and so calls. */
    public boolean calls(String application) {
        return absences.calls(application);
    }

    /** Starts a program again that the demo did not end; the control plane serves when this returns. */
    public void revive(Program program) {
        if (program == controlPlane.program()) {
            controlPlane.revive();
        } else {
            program.revive();
        }
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

    /** How many connections of its application each sidecar has taken so far. */
    public Map<String, Long> connections() {
        Map<String, Long> all = new HashMap<>();
        sidecars.forEach((name, sidecar) -> all.put(name, Connections.ask(sidecar.adminSocket())));
        return all;
    }

    /** Whether a daprd stands between each application and its sidecar. */
    public boolean throughDapr() {
        return !daprds.isEmpty();
    }

    /** The control plane. */
    public ControlPlane controlPlane() {
        return controlPlane;
    }

    /** An application's process. */
    public Program application(String name) {
        return known(applications, name);
    }

    /** The process of an application's daprd, where there is one. */
    public Program daprd(String name) {
        return known(daprds, name);
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
                        daprds.values().stream(),
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
        daprds.values().forEach(Program::kill);
        sidecars.values().forEach(sidecar -> sidecar.program().kill());
        controlPlane.program().close();
        place.close();
    }
}
