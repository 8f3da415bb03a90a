package io.osmj.integration.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullMarked;

/** The rules of the house. */
@AnalyzeClasses(packages = "io.osmj", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {
        "io.osmj.core..",
        "io.osmj.config..",
        "io.osmj.smi..",
        "io.osmj.dapr..",
        "io.osmj.xds.render..",
        "io.osmj.injector..",
        "io.osmj.objects.."
    };

    @ArchTest
    static void theScanSawTheHouse(JavaClasses classes) {
        assertThat(classes.size())
                .as("classes seen; rules about nothing always hold")
                .isGreaterThan(200);
    }

    @ArchTest
    static final ArchRule CORE_KNOWS_NOTHING_BUT_JAVA = classes()
            .that()
            .resideInAPackage("io.osmj.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.osmj.core..")
            .because("the words of the mesh outlive every library: they are what all rooms agree on");

    @ArchTest
    static final ArchRule ONLY_THE_OUTER_ROOMS_TALK_TO_KUBERNETES = noClasses()
            .that()
            .resideOutsideOfPackages("io.osmj.controlplane..", "io.osmj.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.kubernetes.client..")
            .because("whatever needs an API server cannot be tried on a folder of files");

    @ArchTest
    static final ArchRule ONLY_THE_XDS_ROOM_AND_THE_BOOTSTRAP_SPEAK_ENVOY = noClasses()
            .that()
            .resideOutsideOfPackages("io.osmj.xds..", "io.osmj.injector.bootstrap..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.envoyproxy..")
            .because("a plan that could be made of Envoy's own types could not be judged before it is rendered");

    @ArchTest
    static final ArchRule PURE_ROOMS_DO_NOT_LOG = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "java.util.logging..", "ch.qos.logback..")
            .because("a fault that is logged is lost; a fault that is a Problem reaches the user");

    @ArchTest
    static final ArchRule PURE_ROOMS_READ_NO_CLOCK_AND_NO_CHANCE = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callConstructor(Random.class)
            .because("equal input has to give equal bytes, on every replica and after every restart");

    @ArchTest
    static final ArchRule SERVERS_HAVE_NO_VIRTUAL_THREADS = noClasses()
            .that()
            .resideInAnyPackage("io.osmj.controlplane..", "io.osmj.xds..")
            .should()
            .callMethod(Thread.class, "ofVirtual")
            .orShould()
            .callMethod(Thread.class, "startVirtualThread", Runnable.class)
            .orShould()
            .callMethod(Executors.class, "newVirtualThreadPerTaskExecutor")
            .because(
                    "while classes are loaded for the first time, a virtual thread can be taken off its carrier with the"
                            + " class loader's lock in its hand, and never get one back: the few that there are wait for that lock");

    @ArchTest
    static final ArchRule STATE_AND_PLAN_ARE_VALUES = classes()
            .that()
            .resideInAnyPackage(
                    "io.osmj.core.state", "io.osmj.core.policy", "io.osmj.core.service", "io.osmj.core.settings")
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should(beValues())
            .because("what does not change while it is compared needs no lock and no copy");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.osmj.(*).(**)")
            .should()
            .beFreeOfCycles()
            .because("a room that needs its own guest has no door");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("KeyManager")
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .because("such a name is where code goes that nobody has understood yet");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith(NullMarked.class)
            .because("null is then a compile error wherever it is not written down");

    private static ArchCondition<JavaClass> beValues() {
        return be(DescribedPredicate.describe(
                "records, interfaces or enums", type -> type.isRecord() || type.isEnum() || type.isInterface()));
    }
}
