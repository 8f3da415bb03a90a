package io.osmj.certificates.builtin;

import io.osmj.certificates.CertificateIssuer;
import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.IssuingException;
import io.osmj.certificates.PrivateKeyPem;
import io.osmj.certificates.ServerNames;
import io.osmj.certificates.TrustBundle;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** Signs with a root that is held in memory. Every certificate gets a P-256 key of its own. */
public final class BuiltInAuthority implements CertificateIssuer {
    private static final KeyPurposeId[] WORKLOAD = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
    private static final KeyPurposeId[] SERVER = {KeyPurposeId.id_kp_serverAuth};

    /** What Kubernetes takes as a namespace, and as an account: the one has no dots, both fit a SPIFFE path segment. */
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern ACCOUNT = Pattern.compile("(?!.*\\.\\.)[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private final RootCertificate root;
    private final InstantSource clock;
    private final SecureRandom random;

    /** An authority that signs with the given root. */
    public BuiltInAuthority(RootCertificate root, InstantSource clock, SecureRandom random) {
        this.root = root;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public IssuedCertificate workload(SpiffeId id, Duration validity) {
        ServiceAccount account = id.account();
        if (!NAMESPACE.matcher(account.namespace()).matches()
                || !ACCOUNT.matcher(account.name()).matches()) {
            throw new IssuingException("No certificate for '" + id
                    + "': the namespace or the name of the service account" + " is none that Kubernetes would take.");
        }
        Stream<GeneralName> uri = Stream.of(new GeneralName(GeneralName.uniformResourceIdentifier, id.uri()));
        Stream<GeneralName> dns = id.dnsName().map(name -> new GeneralName(GeneralName.dNSName, name)).stream();
        return issue(new GeneralNames(Stream.concat(uri, dns).toArray(GeneralName[]::new)), WORKLOAD, validity);
    }

    @Override
    public IssuedCertificate server(ServerNames names, Duration validity) {
        GeneralName[] dns = names.dns().stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return issue(new GeneralNames(dns), SERVER, validity);
    }

    @Override
    public TrustBundle trustBundle() {
        return new TrustBundle(root.trusted());
    }

    private IssuedCertificate issue(GeneralNames names, KeyPurposeId[] purposes, Duration duration) {
        Instant now = clock.instant();
        Instant end = root.certificate().getNotAfter().toInstant();
        if (!now.isBefore(end)) {
            throw new IssuingException("The root certificate expired at " + end + ", so nothing can be issued.");
        }
        Validity validity = Validity.from(now, duration).endingWith(end);
        KeyPair pair = Keys.generate(random);
        Profile.Signing signing =
                new Profile.Signing(Keys.signer(root.key(), random), new AuthorityKeyIdentifier(rootKeyIdentifier()));
        X509Certificate leaf =
                new Profile(rootName(), validity, random).leaf(pair.getPublic(), names, purposes, signing);
        return new IssuedCertificate(List.of(leaf), PrivateKeyPem.of(pair.getPrivate()), now);
    }

    private X500Name rootName() {
        return X500Name.getInstance(root.certificate().getSubjectX500Principal().getEncoded());
    }

    /** As the root states it: verifiers match the two byte by byte. */
    private byte[] rootKeyIdentifier() {
        byte[] stated = root.certificate().getExtensionValue(Extension.subjectKeyIdentifier.getId());
        return stated == null
                ? Profile.keyIdentifier(root.certificate().getPublicKey())
                : SubjectKeyIdentifier.getInstance(
                                ASN1OctetString.getInstance(stated).getOctets())
                        .getKeyIdentifier();
    }
}
