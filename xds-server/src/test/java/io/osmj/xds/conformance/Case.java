package io.osmj.xds.conformance;

import io.osmj.xds.resource.ResourceType;

/** A scenario in one variant of the protocol and with one type. */
public record Case(Scenario scenario, Part part, Variant variant, ResourceType type) {
    /** Plays it. */
    public Outcome play(Target target) {
        WireLog log = new WireLog();
        try (Target.Place place = target.place(variant)) {
            scenario.script().accept(new Talk(variant, type, place, log).topic(type));
            return new Outcome(this, "", log.lines());
        } catch (Miss miss) {
            return new Outcome(this, String.valueOf(miss.getMessage()), log.lines());
        }
    }

    @Override
    public String toString() {
        return variant.title() + ", " + Service.of(type) + ": " + scenario.title();
    }
}
