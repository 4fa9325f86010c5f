package org.smapp.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObjectClassTest {

    static final ObjectClass RULE = read("""
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="settings" name="A rule">
                <AD id="ranking" type="Integer" default="0"/>
                <AD id="side" type="String" default="any">
                  <Option label="" value="any"/>
                  <Option label="" value="client"/>
                  <Option label="" value="server"/>
                </AD>
                <AD id="stuckCallMs" type="Long" min="10" max="600000" default="1000"/>
                <AD id="share" type="Double" min="0" default="0.5"/>
                <AD id="ports" type="Integer" cardinality="2147483647" max="65535" default=""/>
                <AD id="giveBack" type="Boolean" default="true"/>
                <AD id="controller" type="String"/>
              </OCD>
              <Designate factoryPid="org.smapp.rule"><Object ocdref="settings"/></Designate>
            </metatype:MetaData>
            """);

    private static ObjectClass read(String document) {
        try {
            return MetatypeReader.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))
                    .get(0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> problems(String key, Object value) {
        return RULE.check(Map.of("controller", "fullmesh", key, value)).problems();
    }

    @Test
    void shouldGiveEachValueItsType() {
        Map<String, Object> right = RULE.check(Map.of(
                        "ranking", "-7",
                        "side", "Client",
                        "stuckCallMs", " 10 ",
                        "share", "0.25",
                        "ports", "443, 80",
                        "giveBack", "FALSE",
                        "controller", "fullmesh"))
                .right();
        assertEquals(-7, right.get("ranking"));
        assertEquals("client", right.get("side"));
        assertEquals(10L, right.get("stuckCallMs"));
        assertEquals(0.25, right.get("share"));
        assertArrayEquals(new Integer[] {443, 80}, (Integer[]) right.get("ports"));
        assertEquals(false, right.get("giveBack"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stuckCallMs | 0 | stuckCallMs: '0' is not a whole number from 10 to 600000",
                "stuckCallMs | soon | stuckCallMs: 'soon' is not a whole number from 10 to 600000",
                "stuckCallMs | 10.5 | stuckCallMs: '10.5' is not a whole number from 10 to 600000",
                "stuckCallMs | '' | stuckCallMs: '' is not a whole number from 10 to 600000",
                "ranking | 3000000000 | ranking: '3000000000' is not a whole number",
                "share | -1 | share: '-1' is not a number from 0 on",
                "share | NaN | share: 'NaN' is not a number from 0 on",
                "ports | 80,65536 | ports: '65536' is not a whole number up to 65535",
                "giveBack | maybe | giveBack: 'maybe' is not true or false",
                "side | sideways | side: 'sideways' is not any, client or server",
                "stuckCallsMs | 20 | stuckCallsMs: there is no such key; did you mean stuckCallMs?",
                "Ranking | 20 | Ranking: there is no such key; did you mean ranking?",
                "colour | blue | colour: there is no such key",
            })
    void shouldNameTheKeyTheValueAndWhatIsAllowed(String key, String value, String sentence) {
        assertEquals(List.of(sentence), problems(key, value));
    }

    @Test
    void shouldRefuseAListWhereOneValueIsDue() {
        assertEquals(
                List.of("giveBack: [true, false] is a list, and not true or false"),
                problems("giveBack", List.of("true", "false")));
    }

    @Test
    void shouldMissWhatHasNoDefault() {
        assertEquals(
                List.of("controller: is missing, and must be set"),
                RULE.check(Map.of()).problems());
    }

    @Test
    void shouldSayWhatIsAllowed() {
        Map<String, Attribute> keys = RULE.attributes();
        assertEquals("10 to 600000", keys.get("stuckCallMs").allowed());
        assertEquals("any, client, server", keys.get("side").allowed());
        assertEquals("true, false", keys.get("giveBack").allowed());
        assertEquals("number", keys.get("ranking").allowed());
        assertEquals(1000L, keys.get("stuckCallMs").defaultValue());
    }

    @Test
    void shouldLetAPolicyHoldWhatItsControllerCan() {
        ObjectClass policy = read("""
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
                  <OCD id="settings" name="A policy"><AD id="controller" type="String"/></OCD>
                  <Designate factoryPid="org.smapp.policy"><Object ocdref="settings"/></Designate>
                </metatype:MetaData>
                """);
        ObjectClass mesh = read("""
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
                  <OCD id="settings" name="A mesh">
                    <AD id="maxSubflows" type="Integer" min="1" max="255" default="8"/>
                    <AD id="secret" type="String"/>
                  </OCD>
                  <Designate pid="org.smapp.controller.mesh"><Object ocdref="settings"/></Designate>
                </metatype:MetaData>
                """);
        ObjectClass both = policy.with(mesh);
        assertEquals(
                Map.of("controller", "mesh", "maxSubflows", 32),
                both.check(Map.of("controller", "mesh", "maxSubflows", "32")).right());
        assertEquals(
                List.of("maxSubflows: 'many' is not a whole number from 1 to 255"),
                both.check(Map.of("controller", "mesh", "maxSubflows", "many")).problems());
        assertEquals(
                List.of("maxSubflow: there is no such key; did you mean maxSubflows?"),
                both.check(Map.of("controller", "mesh", "maxSubflow", "3")).problems());
        assertEquals(
                List.of("controller: is missing, and must be set"),
                both.check(Map.of()).problems());
        assertNull(both.attributes().get("maxSubflows").defaultValue(), "the controller's own configuration holds");
    }
}
