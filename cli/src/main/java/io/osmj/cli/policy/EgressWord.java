package io.osmj.cli.policy;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.EgressRule.By;
import io.osmj.core.policy.HttpMatch;
import java.util.List;
import java.util.Optional;

/**
 * What one Egress says of a call on one of its ports.
 *
 * @param fit whether it lets the call out
 * @param text the rest of a sentence that begins with the object
 */
record EgressWord(Request.Fit fit, String text) {

    static EgressWord of(EgressRule rule, By by, ServiceAccount caller, Callee.External callee, Request request) {
        return new Reading(rule, caller, callee, request).word(by);
    }

    private record Reading(EgressRule rule, ServiceAccount caller, Callee.External callee, Request request) {
        EgressWord word(By by) {
            if (by == By.ADDRESS) {
                return address();
            }
            if (callee.byAddress() && !rule.hosts().isEmpty()) {
                String hosts = String.join(", ", rule.hosts());
                return new EgressWord(
                        Request.Fit.PERHAPS,
                        "opens port " + callee.port() + " to " + hosts
                                + ", whatever address is dialled: what counts is the name that the client says.");
            }
            if (!rule.hosts().contains(callee.host())) {
                return new EgressWord(
                        Request.Fit.NO, "opens port " + callee.port() + " to other hosts: " + rule.hosts() + ".");
            }
            return by == By.TLS_NAME
                    ? new EgressWord(Request.Fit.YES, "lets " + caller + " speak TLS with " + callee.host() + ".")
                    : requests();
        }

        private EgressWord address() {
            String opens = "opens port " + callee.port() + " to ";
            if (rule.ranges().isEmpty()) {
                return new EgressWord(Request.Fit.YES, opens + "every address.");
            }
            if (!callee.byAddress()) {
                return new EgressWord(
                        Request.Fit.PERHAPS,
                        opens + rule.ranges() + "; whether the host is there only a name server knows.");
            }
            return rule.ranges().stream().anyMatch(range -> range.holds(callee.host()))
                    ? new EgressWord(Request.Fit.YES, opens + "that address.")
                    : new EgressWord(Request.Fit.NO, opens + "other addresses: " + rule.ranges() + ".");
        }

        private EgressWord requests() {
            String subject = "lets " + caller + " send " + callee.host() + " ";
            for (Request.Fit fit : List.of(Request.Fit.YES, Request.Fit.PERHAPS)) {
                Optional<HttpMatch> match = rule.http().stream()
                        .filter(each -> request.fits(each) == fit)
                        .findFirst();
                if (match.isPresent()) {
                    return new EgressWord(
                            fit,
                            subject
                                    + (match.get().any()
                                            ? "every request."
                                            : "requests with " + Matches.words(match.get()) + "."));
                }
            }
            return new EgressWord(
                    Request.Fit.NO,
                    rule.http().isEmpty()
                            ? "lets no request out: its route groups are not there or hold nothing."
                            : subject + "other requests: "
                                    + String.join(
                                            "; ",
                                            rule.http().stream()
                                                    .map(each -> String.join(" and ", request.misses(each)))
                                                    .toList())
                                    + ".");
        }
    }
}
