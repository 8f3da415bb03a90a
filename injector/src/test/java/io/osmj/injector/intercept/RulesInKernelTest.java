package io.osmj.injector.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import io.osmj.injector.intercept.Lab.Answer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs root and iptables. */
@Tag("netns")
class RulesInKernelTest {
    private static final String PROGRAM = "iptables-nft-restore";
    private static final String ELSEWHERE = "203.0.113.7";
    private static Lab lab;

    @BeforeAll
    static void build() throws Exception {
        lab = new Lab();
    }

    @AfterAll
    static void tearDown() throws Exception {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iptables-nft-restore", "iptables-legacy-restore"})
    void withoutListsEverythingIsTakenButTheSidecarsOwn(String program) throws Exception {
        lab.intercept(program, Interception.EVERYTHING);
        try {
            assertThat(lab.fromPod(0, ELSEWHERE, 80)).isEqualTo(Answer.OUTBOUND);
            assertThat(lab.fromPod(65532, ELSEWHERE, 50002)).isEqualTo(Answer.OUTBOUND);
            assertThat(lab.fromPod(Lab.SIDECAR_USER, ELSEWHERE, 80)).isEqualTo(Answer.WORLD);
            assertThat(lab.fromWorld(Lab.POD_IP, Lab.APPLICATION)).isEqualTo(Answer.INBOUND);
            assertThat(lab.fromWorld(Lab.POD_IP, 15001)).isEqualTo(Answer.INBOUND);
        } finally {
            lab.load(program, "*nat\n-F\nCOMMIT\n");
        }
    }

    @Test
    void insideThePod() throws Exception {
        lab.intercept(PROGRAM, Interception.EVERYTHING);
        assertThat(lab.fromPod(0, "127.0.0.1", Lab.APPLICATION)).isEqualTo(Answer.APPLICATION);
        assertThat(lab.fromPod(0, Lab.POD_IP, Lab.APPLICATION)).isEqualTo(Answer.APPLICATION);
        assertThat(lab.fromPod(Lab.SIDECAR_USER, "127.0.0.1", Lab.APPLICATION)).isEqualTo(Answer.APPLICATION);
        assertThat(lab.fromPod(Lab.SIDECAR_USER, Lab.POD_IP, Lab.APPLICATION)).isEqualTo(Answer.INBOUND);
        assertThat(lab.fromPod(Lab.SIDECAR_USER, RulesText.TO_APPLICATION_SOURCE, Lab.POD_IP, Lab.APPLICATION))
                .isEqualTo(Answer.APPLICATION);
    }

    @ParameterizedTest
    @ValueSource(ints = {15010, 15901, 15902, 15903, 15904})
    void theKubeletAndPrometheusReachTheirPorts(int port) throws Exception {
        lab.intercept(PROGRAM, Interception.EVERYTHING);
        assertThat(lab.fromWorld(Lab.POD_IP, port)).isEqualTo(Answer.APPLICATION);
    }

    @Test
    void excludedInboundPortsPass() throws Exception {
        List<Integer> ports = new ArrayList<>(
                IntStream.range(0, 40).map(i -> 7000 + 2 * i).boxed().toList());
        ports.add(Lab.OTHER_APPLICATION);
        lab.intercept(PROGRAM, new Interception(List.of(), ports, List.of(), List.of(), List.of()));
        assertThat(lab.fromWorld(Lab.POD_IP, Lab.OTHER_APPLICATION)).isEqualTo(Answer.APPLICATION);
        assertThat(lab.fromWorld(Lab.POD_IP, Lab.APPLICATION)).isEqualTo(Answer.INBOUND);
    }

    @Test
    void fortyExcludedOutboundPortsPassAndTheirNeighboursDoNot() throws Exception {
        List<Integer> ports =
                IntStream.range(0, 40).map(i -> 7000 + 2 * i).boxed().toList();
        lab.intercept(PROGRAM, new Interception(ports, List.of(), List.of(), List.of(), List.of()));
        assertThat(answers(ELSEWHERE, ports)).containsOnly(Answer.WORLD).hasSize(40);
        assertThat(answers(ELSEWHERE, ports.stream().map(port -> port + 1).toList()))
                .containsOnly(Answer.OUTBOUND)
                .hasSize(40);
    }

    @Test
    void excludedRangesAndInterfacesPass() throws Exception {
        List<Cidr> ranges = ranges("198.51.100.0/24", "192.0.2.7/32");
        lab.intercept(PROGRAM, new Interception(List.of(), List.of(), ranges, List.of(), List.of("eth1")));
        assertThat(lab.fromPod(0, "198.51.100.200", 80)).isEqualTo(Answer.WORLD);
        assertThat(lab.fromPod(0, "192.0.2.7", 80)).isEqualTo(Answer.WORLD);
        assertThat(lab.fromPod(0, "192.0.2.8", 80)).isEqualTo(Answer.OUTBOUND);
        assertThat(lab.fromPod(0, Lab.WORLD_BY_SECOND_CABLE, 80)).isEqualTo(Answer.WORLD);
        assertThat(lab.fromWorld(Lab.POD_IP_OF_SECOND_CABLE, Lab.APPLICATION)).isEqualTo(Answer.APPLICATION);
        assertThat(lab.fromWorld(Lab.POD_IP, Lab.APPLICATION)).isEqualTo(Answer.INBOUND);
    }

    @Test
    void exclusionsBeatInclusions() throws Exception {
        Interception lists = new Interception(
                List.of(443), List.of(), ranges("203.0.113.0/28"), ranges("203.0.113.0/24"), List.of());
        lab.intercept(PROGRAM, lists);
        assertThat(lab.fromPod(0, "203.0.113.99", 80)).isEqualTo(Answer.OUTBOUND);
        assertThat(lab.fromPod(0, "203.0.113.99", 443)).isEqualTo(Answer.WORLD);
        assertThat(lab.fromPod(0, ELSEWHERE, 80)).isEqualTo(Answer.WORLD);
        assertThat(lab.fromPod(0, "192.0.2.8", 80)).isEqualTo(Answer.WORLD);
    }

    @Test
    void aSecondRunChangesNothing() throws Exception {
        Interception lists = new Interception(List.of(443), List.of(), List.of(), List.of(), List.of());
        lab.intercept(PROGRAM, lists);
        lab.load(PROGRAM, RulesText.of(lists));
        assertThat(lab.fromPod(0, ELSEWHERE, 443)).isEqualTo(Answer.WORLD);
        assertThat(lab.fromPod(0, ELSEWHERE, 80)).isEqualTo(Answer.OUTBOUND);
        assertThat(lab.fromPod(Lab.SIDECAR_USER, ELSEWHERE, 80)).isEqualTo(Answer.WORLD);
        assertThat(lab.fromWorld(Lab.POD_IP, Lab.APPLICATION)).isEqualTo(Answer.INBOUND);
    }

    @Test
    void fiveHundredRandomListsAreTaken() throws Exception {
        Random random = new Random(20260101);
        StringBuilder all = new StringBuilder();
        for (int round = 0; round < 500; round++) {
            all.append(RulesText.of(new RandomLists(random).next()));
        }
        lab.load(PROGRAM, all.toString());
    }

    @Test
    void randomListsDecideAsTheyAreMeant() throws Exception {
        Random random = new Random(20260102);
        for (int round = 0; round < 40; round++) {
            Interception lists = new RandomLists(random).next();
            List<InetSocketAddress> asked = RandomLists.destinations(random, 25);
            lab.intercept(PROGRAM, lists);
            List<Answer> meant = asked.stream()
                    .map(destination -> RandomLists.passes(lists, destination) ? Answer.WORLD : Answer.OUTBOUND)
                    .toList();
            assertThat(lab.fromPod(asked)).as("%s", lists).isEqualTo(meant);
        }
    }

    private static List<Answer> answers(String ip, List<Integer> ports) throws Exception {
        return lab.fromPod(
                ports.stream().map(port -> new InetSocketAddress(ip, port)).toList());
    }

    private static List<Cidr> ranges(String... texts) {
        return List.of(texts).stream()
                .map(text -> Cidr.parse(text).orElseThrow())
                .toList();
    }
}
