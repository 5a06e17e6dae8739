package dev.latchkey;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The house stands as it was drawn: who may use whom, and what may leave a package.
 */
class HouseTests {

	/** The doors: nobody uses them. */
	private static final Set<String> DOORS = Set.of("security", "api", "gateway", "page", "audit", "demo", "cli");

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.latchkey");

	@Test
	void everyModuleUsesOnlyWhatItDeclares() {
		ApplicationModules.of(LatchkeyApplication.class).verify();
	}

	@Test
	void nobodyUsesTheDoors() {
		Map<String, Set<String>> usersOfDoors = CLASSES.stream()
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.filter((use) -> DOORS.contains(module(use.getTargetClass())))
			.filter((use) -> !module(use.getOriginClass()).equals(module(use.getTargetClass())))
			.collect(Collectors.groupingBy((use) -> module(use.getTargetClass()), Collectors
				.mapping((use) -> use.getOriginClass().getName(), Collectors.toCollection(TreeSet::new))));
		assertThat(usersOfDoors).isEmpty();
	}

	@Test
	void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
		Set<String> packages = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
		assertThat(packages).isNotEmpty()
			.allSatisfy((name) -> assertThat(CLASSES.stream()
				.filter((type) -> type.getName().equals(name + ".package-info"))
				.anyMatch((type) -> type.isAnnotatedWith("org.jspecify.annotations.NullMarked"))).as(name).isTrue());
	}

	@Test
	void entitiesStayInTheirPackage() {
		classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate().check(CLASSES);
	}

	@Test
	void fieldsAreNotInjected() {
		fields().should().notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired").check(CLASSES);
	}

	@Test
	void timeComesFromTheClock() {
		noClasses().that()
			.resideOutsideOfPackages("dev.latchkey", "dev.latchkey.demo")
			.should()
			.callMethod(java.time.Instant.class, "now")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.check(CLASSES);
	}

	/**
	 * A request's own idea of its address is the proxy's; and a name must not be looked
	 * up.
	 */
	@Test
	void addressesAreReadInOnePlace() {
		noClasses().that()
			.resideOutsideOfPackage("dev.latchkey.net")
			.should()
			.callMethodWhere(JavaCall.Predicates
				.target(HasName.Predicates.nameMatching("getRemoteAddr|getRemoteHost|getByName|getHostAddress")))
			.check(CLASSES);
	}

	/** A stream keeps its connection from everybody else until somebody closes it. */
	@Test
	void whatTheDatabaseAnswersIsRead() {
		noClasses().should()
			.callMethod(JdbcClient.MappedQuerySpec.class, "stream")
			.orShould()
			.callMethodWhere(
					JavaCall.Predicates.target(HasName.Predicates.nameMatching("queryForStream|getResultStream")))
			.check(CLASSES);
	}

	@Test
	void nothingIsCalledUtilOrImplOrHasOneImplementation() {
		noClasses().should()
			.haveSimpleNameEndingWith("Util")
			.orShould()
			.haveSimpleNameEndingWith("Impl")
			.check(CLASSES);
		Set<String> single = CLASSES.stream()
			.filter((type) -> type.isInterface() && !type.isAnnotation()
					&& !type.getModifiers().contains(JavaModifier.SYNTHETIC))
			.filter((type) -> type.getSubclasses().size() == 1)
			.map(JavaClass::getName)
			.collect(Collectors.toSet());
		assertThat(single).isEmpty();
	}

	private static String module(JavaClass type) {
		String[] parts = type.getPackageName().split("\\.");
		return (parts.length > 2 && parts[0].equals("dev") && parts[1].equals("latchkey")) ? parts[2] : "";
	}

}
