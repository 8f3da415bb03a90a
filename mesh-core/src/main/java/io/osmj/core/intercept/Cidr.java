package io.osmj.core.intercept;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 range. Interception works on IPv4 only, as in Open Service Mesh.
 *
 * @param address the address as an unsigned 32-bit number, host bits cleared
 * @param prefix 0 to 32
 */
public record Cidr(int address, int prefix) implements Comparable<Cidr> {
    /** Every address. */
    public static final Cidr EVERYTHING = new Cidr(0, 0);

    /** The addresses that lead nowhere but to oneself. */
    public static final Cidr LOOPBACK = new Cidr(127 << 24, 8);

    private static final Pattern SHAPE =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    public Cidr {
        if (prefix < 0 || prefix > 32) {
            throw new IllegalArgumentException("prefix length " + prefix + " is not within 0 to 32");
        }
        address &= mask(prefix);
    }

    /** Reads {@code a.b.c.d/n}; empty when the text is anything else. Host bits are cleared, as iptables does. */
    public static Optional<Cidr> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int address = 0;
        for (int group = 1; group <= 4; group++) {
            int octet = Integer.parseInt(matcher.group(group));
            if (octet > 255) {
                return Optional.empty();
            }
            address = address << 8 | octet;
        }
        int prefix = Integer.parseInt(matcher.group(5));
        return prefix > 32 ? Optional.empty() : Optional.of(new Cidr(address, prefix));
    }

    /** Whether an address, {@code a.b.c.d}, lies in the range. */
    public boolean holds(String address) {
        return parse(address + "/32").filter(this::holds).isPresent();
    }

    /** Whether all addresses of another range lie in this one. */
    public boolean holds(Cidr other) {
        return prefix <= other.prefix && (other.address & mask(prefix)) == address;
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (32 - prefix);
    }

    @Override
    public int compareTo(Cidr other) {
        int byAddress = Integer.compareUnsigned(address, other.address);
        return byAddress != 0 ? byAddress : Integer.compare(prefix, other.prefix);
    }

    /** The lowest address of the range, {@code a.b.c.d}. */
    public String firstAddress() {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    @Override
    public String toString() {
        return firstAddress() + "/" + prefix;
    }
}
