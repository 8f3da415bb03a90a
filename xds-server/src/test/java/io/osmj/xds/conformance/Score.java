package io.osmj.xds.conformance;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How several runs of the suite came out.
 *
 * @param runs each with the outcomes of all cases
 */
public record Score(List<List<Outcome>> runs) {
    /** Whether everything passed in every run. */
    public boolean clean() {
        return misses().isEmpty();
    }

    private List<Outcome> misses() {
        return runs.stream()
                .flatMap(List::stream)
                .filter(outcome -> !outcome.passed())
                .toList();
    }

    /** A line for each variant and run, a column for each part, and the misses with their wire logs. */
    public String table() {
        List<String> lines = new ArrayList<>();
        String form = "%-46s %-4s" + " %12s".repeat(Part.values().length + 1);
        lines.add(form.formatted("variant", "run", "asking", "giving up", "beyond", "all"));
        for (Variant variant : Variant.values()) {
            add(lines, form, variant.title(), outcome -> outcome.played().variant() == variant);
        }
        add(lines, form, "all", _ -> true);
        misses().forEach(miss -> lines.add("\nMISS " + miss.told()));
        return String.join("\n", lines);
    }

    private void add(List<String> lines, String form, String title, Predicate<Outcome> which) {
        for (int run = 0; run < runs.size(); run++) {
            List<Outcome> outcomes = runs.get(run).stream().filter(which).toList();
            Stream<String> parts = Stream.of(Part.values())
                    .map(part -> count(outcomes.stream()
                            .filter(outcome -> outcome.played().part() == part)
                            .toList()));
            Object[] cells = Stream.of(Stream.of(title, Integer.toString(run + 1)), parts, Stream.of(count(outcomes)))
                    .flatMap(one -> one)
                    .toArray();
            lines.add(form.formatted(cells));
        }
    }

    private static String count(List<Outcome> outcomes) {
        return outcomes.stream().filter(Outcome::passed).count() + " of " + outcomes.size();
    }

    /** The same for programs: every case of every run, with a wire log where it missed. */
    public String json() {
        JsonArray all = new JsonArray();
        IntStream.range(0, runs.size())
                .forEach(run -> runs.get(run).forEach(outcome -> all.add(json(run + 1, outcome))));
        return new GsonBuilder().setPrettyPrinting().create().toJson(all);
    }

    private static JsonObject json(int run, Outcome outcome) {
        JsonObject json = new JsonObject();
        json.addProperty("run", run);
        json.addProperty("variant", outcome.played().variant().name());
        json.addProperty("part", outcome.played().part().name());
        json.addProperty("type", outcome.played().type().name());
        json.addProperty("scenario", outcome.played().scenario().title());
        json.addProperty("passed", outcome.passed());
        if (!outcome.passed()) {
            json.addProperty("miss", outcome.miss());
            JsonArray log = new JsonArray();
            outcome.log().forEach(log::add);
            json.add("log", log);
        }
        return json;
    }
}
