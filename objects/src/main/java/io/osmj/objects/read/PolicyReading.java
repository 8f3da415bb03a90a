package io.osmj.objects.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.config.read.IngressBackendReader;
import io.osmj.config.read.RetryReader;
import io.osmj.config.read.TrafficSettingReader;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.policy.SplitRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.smi.read.EgressReader;
import io.osmj.smi.read.HttpRouteGroup;
import io.osmj.smi.read.HttpRouteGroupReader;
import io.osmj.smi.read.TcpRouteReader;
import io.osmj.smi.read.TrafficSplitReader;
import io.osmj.smi.read.TrafficTargetReader;
import io.osmj.smi.resolve.EgressBook;
import io.osmj.smi.resolve.SmiBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects of policy as they were read last, the rules they make, and what is wrong with them. Belongs to one thread. */
public final class PolicyReading {
    private final SmiBook book = new SmiBook();
    private final EgressBook egress = new EgressBook();
    private Map<ObjectRef, Optional<SplitRule>> splits = new HashMap<>();
    private Map<ObjectRef, Optional<IngressRule>> ingress = new HashMap<>();
    private Map<ObjectRef, Optional<RetryRule>> retries = new HashMap<>();
    private Map<ObjectRef, Optional<LimitRule>> limits = new HashMap<>();
    private final Map<ObjectRef, List<Problem>> faults = new HashMap<>();

    /** A TrafficTarget is so now; empty when it is gone. */
    public void target(ObjectRef ref, Optional<JsonNode> object) {
        book.target(ref, object.flatMap(tree -> noted(ref, TrafficTargetReader.read(tree))));
        forgetIfGone(ref, object);
    }

    /** An HTTPRouteGroup is so now; empty when it is gone. */
    public void routeGroup(ObjectRef ref, Optional<JsonNode> object) {
        Optional<HttpRouteGroup> group = object.map(tree -> noted(ref, HttpRouteGroupReader.read(tree)));
        book.routeGroup(ref, group);
        egress.routeGroup(ref, group);
        forgetIfGone(ref, object);
    }

    /** A TCPRoute is so now; empty when it is gone. */
    public void tcpRoute(ObjectRef ref, Optional<JsonNode> object) {
        book.tcpRoute(ref, object.map(tree -> noted(ref, TcpRouteReader.read(tree))));
        forgetIfGone(ref, object);
    }

    /** A TrafficSplit is so now; empty when it is gone. */
    public void split(ObjectRef ref, Optional<JsonNode> object) {
        splits.put(ref, object.flatMap(tree -> noted(ref, TrafficSplitReader.read(tree))));
        forgetIfGone(ref, object);
    }

    /** A route was written and refused; where it is said why. */
    public void refused(ObjectRef ref, String why) {
        book.refused(ref, why);
    }

    /** An IngressBackend is so now; empty when it is gone. */
    public void ingressBackend(ObjectRef ref, Optional<JsonNode> object) {
        ingress.put(ref, object.flatMap(tree -> noted(ref, IngressBackendReader.read(tree))));
        forgetIfGone(ref, object);
    }

    /** An Egress is so now; empty when it is gone. */
    public void egress(ObjectRef ref, Optional<JsonNode> object) {
        egress.policy(ref, object.flatMap(tree -> noted(ref, EgressReader.read(tree))));
        forgetIfGone(ref, object);
    }

    /** A Retry is so now; empty when it is gone. */
    public void retry(ObjectRef ref, Optional<JsonNode> object) {
        retries.put(ref, object.flatMap(tree -> noted(ref, RetryReader.read(tree))));
        forgetIfGone(ref, object);
    }

    /** An UpstreamTrafficSetting is so now; empty when it is gone. */
    public void trafficSetting(ObjectRef ref, Optional<JsonNode> object) {
        limits.put(ref, object.flatMap(tree -> noted(ref, TrafficSettingReader.read(tree))));
        forgetIfGone(ref, object);
    }

    private <T> T noted(ObjectRef ref, Outcome<T> outcome) {
        faults.put(ref, outcome.problems());
        return outcome.value();
    }

    private void forgetIfGone(ObjectRef ref, Optional<JsonNode> object) {
        if (object.isEmpty() || faults.getOrDefault(ref, List.of()).isEmpty()) {
            faults.remove(ref);
        }
    }

    /** The rules that may differ since the last call, by the target they come from. */
    public Map<ObjectRef, Optional<AllowRule>> takeChanges() {
        return book.takeChanges();
    }

    /** The split rules that may differ since the last call, by the split they come from. */
    public Map<ObjectRef, Optional<SplitRule>> takeSplits() {
        Map<ObjectRef, Optional<SplitRule>> taken = splits;
        splits = new HashMap<>();
        return taken;
    }

    /** The ingress rules that may differ since the last call, by the object they come from. */
    public Map<ObjectRef, Optional<IngressRule>> takeIngress() {
        Map<ObjectRef, Optional<IngressRule>> taken = ingress;
        ingress = new HashMap<>();
        return taken;
    }

    /** The egress rules that may differ since the last call, by the policy they come from. */
    public Map<ObjectRef, Optional<EgressRule>> takeEgress() {
        return egress.takeChanges();
    }

    /** The retry rules that may differ since the last call, by the object they come from. */
    public Map<ObjectRef, Optional<RetryRule>> takeRetries() {
        Map<ObjectRef, Optional<RetryRule>> taken = retries;
        retries = new HashMap<>();
        return taken;
    }

    /** The limit rules that may differ since the last call, by the object they come from. */
    public Map<ObjectRef, Optional<LimitRule>> takeLimits() {
        Map<ObjectRef, Optional<LimitRule>> taken = limits;
        limits = new HashMap<>();
        return taken;
    }

    /** All that is wrong, as of the last {@link #takeChanges}. */
    public List<Problem> problems() {
        List<Problem> all = new ArrayList<>(book.problems());
        all.addAll(egress.problems());
        faults.values().forEach(all::addAll);
        return all;
    }
}
