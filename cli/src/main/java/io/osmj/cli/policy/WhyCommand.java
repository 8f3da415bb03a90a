package io.osmj.cli.policy;

import io.osmj.cli.offline.FolderOption;
import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import io.osmj.cli.view.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osm policy why}. */
@Command(
        name = "why",
        description = {
            "Say whether one workload may call a service, or something outside the mesh, and which object has it so.",
            "The verdict is read off the configuration that both sidecars would get. It ends with 0 whatever the verdict is; for"
                    + " checks there is osm policy test."
        })
public final class WhyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final FolderOption folder = new FolderOption();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--from",
            paramLabel = "NAMESPACE/NAME|ADDRESS",
            required = true,
            description = "Who calls: a pod, a workload or a service account; or the IPv4 address of somebody else.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "NAMESPACE/SERVICE:PORT",
            required = true,
            description =
                    "What is called; the port may be left out where the service has one only. HOST:PORT or ADDRESS:PORT for"
                            + " what is outside the mesh.")
    private String to = "";

    @Option(names = "--method", paramLabel = "METHOD", description = "HTTP method of the request.")
    private @Nullable String method;

    @Option(names = "--path", paramLabel = "PATH", description = "Path of the request.")
    private @Nullable String path;

    @Option(
            names = "--header",
            paramLabel = "NAME:VALUE",
            description = "A header of the request; host is the authority. May be given again.")
    private List<String> headers = new ArrayList<>();

    public WhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Pipeline pipeline = folder.readToJudge(session);
        Caller caller = Caller.of(from, pipeline);
        Callee callee = Callee.of(to, pipeline);
        Request request = new Request(Optional.ofNullable(method), Optional.ofNullable(path), headers());
        Judge judge = new Judge(pipeline);
        Verdict verdict = judge.judge(caller, callee, request);
        output.print(session, lines(verdict, caller, callee, judge.mode()), row(verdict, caller, callee, judge.mode()));
        return 0;
    }

    private Map<String, String> headers() {
        Map<String, String> named = new TreeMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new Failure("'" + header + "' is not of the form NAME:VALUE");
            }
            named.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return named;
    }

    private static List<String> lines(Verdict verdict, Caller caller, Callee callee, String mode) {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s -> %s (%s%s mode)"
                .formatted(
                        verdict.decision(),
                        caller,
                        callee,
                        callee.protocol().isEmpty() ? "" : callee.protocol() + ", ",
                        mode));
        lines.add("  " + verdict.how());
        verdict.reasons().forEach(reason -> lines.add("  - " + reason));
        return lines;
    }

    private static Map<String, Object> row(Verdict verdict, Caller caller, Callee callee, String mode) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("decision", verdict.decision().name());
        row.put("mode", mode);
        row.put("protocol", callee.protocol());
        row.put("serviceAccount", caller.named() ? caller.account().toString() : "");
        row.put("how", verdict.how());
        row.put("reasons", verdict.reasons().stream().map(WhyCommand::row).toList());
        return row;
    }

    private static Map<String, String> row(Verdict.Reason reason) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("text", reason.text());
        row.put("object", reason.object().map(Object::toString).orElse(""));
        row.put("place", reason.place().orElse(""));
        return row;
    }
}
