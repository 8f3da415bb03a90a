package io.osmj.xds.serve;

import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.EnvoyResource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a client says, and may say, that it brings of one type from an earlier stream: once, in its first request. */
final class Claims {
    private final Interest interest;
    private final Ledger ledger;
    private final Outstanding outstanding;
    private final Brought brought = new Brought();

    /** What the latest request says: versions by name. */
    private Map<String, String> latest = Map.of();

    private int unasked;
    private int unaskedCharacters;

    Claims(Interest interest, Ledger ledger, Outstanding outstanding) {
        this.interest = interest;
        this.ledger = ledger;
        this.outstanding = outstanding;
    }

    /** A request says this. */
    void take(Map<String, String> versions) {
        latest = versions;
        versions.forEach(this::claim);
        compare(outstanding.wanted());
    }

    private void claim(String name, String version) {
        if (interest.covers(name)) {
            ledger.claim(name, version);
            unasked += interest.names(name) ? 0 : 1;
            unaskedCharacters += interest.names(name) ? 0 : name.length();
            outstanding.look(List.of(name));
            brought.claim(name, version);
        }
    }

    /** The client is to have these. */
    void compare(Map<String, EnvoyResource> wanted) {
        brought.compare(wanted, ledger);
    }

    /** The names in the latest request. */
    Set<String> names() {
        return latest.keySet();
    }

    /** The latest request is dealt with: what it brought with it is not kept. */
    void done() {
        latest = Map.of();
    }

    /** How many names there were that are not asked for by name, too. */
    int unasked() {
        return unasked;
    }

    /** How long those are. */
    int unaskedCharacters() {
        return unaskedCharacters;
    }

    /** Certificates that the client was let keep. Given once. */
    List<CertificateVersion> takeSpared() {
        return brought.takeSpared();
    }
}
