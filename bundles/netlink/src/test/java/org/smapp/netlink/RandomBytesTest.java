package org.smapp.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.smapp.netlink.route.RouteDecoder;
import org.smapp.netlink.vectors.Vectors;

/** Whatever the bytes are, reading them ends and throws nothing. */
class RandomBytesTest {

    private static final List<String> NAMES = Vectors.names(name -> true);

    private int steps;

    @Property(tries = 2000)
    void randomBytes(@ForAll("datagrams") byte[] bytes) {
        walk(bytes);
    }

    @Property(tries = 5000)
    void damagedMessages(@ForAll("damaged") byte[] bytes) {
        walk(bytes);
    }

    @Provide
    Arbitrary<byte[]> datagrams() {
        // Small bytes are plausible lengths and types.
        Arbitrary<Byte> mostlySmall = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.bytes().between((byte) 0, (byte) 20)), Tuple.of(1, Arbitraries.bytes()));
        return mostlySmall.array(byte[].class).ofMaxSize(200);
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        return Combinators.combine(
                        Arbitraries.of(NAMES),
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.bytes(),
                        Arbitraries.integers().between(0, 8))
                .as((name, at, value, cut) -> damage(Vectors.bytes(name), at, value, cut));
    }

    private static byte[] damage(byte[] bytes, int at, byte value, int cut) {
        bytes[at % bytes.length] = value;
        return Arrays.copyOf(bytes, bytes.length - Math.min(cut, bytes.length));
    }

    private void walk(byte[] bytes) {
        steps = 0;
        MessageReader reader = new MessageReader();
        reader.wrap(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
        while (reader.next()) {
            step(bytes);
            reader.genlCommand();
            NetlinkError.decode(reader).toString();
            GenericNetlink.decode(reader, "any");
            RouteDecoder.decode(reader);
            for (int header : new int[] {0, 4, 8, 16, 72}) {
                attributes(reader.attributes(header), bytes, 0);
            }
        }
        reader.malformed();
    }

    private void attributes(AttributeReader attributes, byte[] bytes, int depth) {
        while (attributes.next()) {
            step(bytes);
            attributes.u8();
            attributes.u16be();
            attributes.s32();
            attributes.be32();
            attributes.u64();
            attributes.be64(8);
            attributes.bytes();
            attributes.string();
            if (depth < 3) {
                attributes(attributes.nested(new AttributeReader()), bytes, depth + 1);
            }
        }
    }

    private void step(byte[] bytes) {
        if (++steps > 100 * (bytes.length + 1)) {
            throw new AssertionError("reading does not end");
        }
    }
}
