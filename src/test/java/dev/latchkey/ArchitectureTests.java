package dev.latchkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.latchkey.caller.Caller;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.data.repository.Repository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The house stands as it was drawn: who may use whom, and what may leave a package.
 */
class ArchitectureTests {

	/** From the ground up: nobody uses what lies higher. Features stand on top of all. */
	private static final List<Set<String>> FLOORS = List.of(Set.of("value", "language", "persistence", "startup",
			"logging", "monitoring", "problem", "net", "scope", "caller", "web", "endpoint"),
			Set.of("token", "verification", "limit"), Set.of("resource"),
			Set.of("security", "introspection", "gateway", "audit", "api", "page", "jwt", "leak", "mail", "openapi",
					"moving"),
			Set.of("account"), Set.of("client", "session"), Set.of("grant"), Set.of("oauth", "demo", "cli"));

	/** What nobody uses, but for the main class. */
	private static final Set<String> DOORS = Set.of("gateway", "audit", "leak", "mail", "openapi", "session", "oauth",
			"demo", "cli");

	/** What an application that embeds Latchkey has of its own. */
	private static final Set<String> SERVER = Set.of("account", "client", "session", "grant", "jwt", "oauth", "mail",
			"monitoring", "openapi", "demo", "cli");

	private static final Path SOURCES = Path.of("src/main/java/dev/latchkey");

	private static final Path PAGE = Path.of("docs/architecture.md");

	/** What stands as code in a text. */
	private static final Pattern NAME = Pattern.compile("`([^`]+)`");

	/** A type, and perhaps its room. */
	private static final Pattern TYPE = Pattern.compile("(?:[a-z]+\\.)?[A-Z][a-z]\\w*");

	private static final Pattern CREATED = Pattern.compile("create table (?:if not exists )?(\\w+)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern LITERAL = Pattern.compile("\"\"\"(?:.|\\n)*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"");

	private static final Pattern JPA = Pattern
		.compile("jakarta\\.persistence|org\\.hibernate(?!\\.validator)|org\\.springframework\\.(data|orm)\\b");

	/** Which package reads and writes each table. */
	private static final Map<String, String> OWNERS = Map.ofEntries(Map.entry("api_token", "token"),
			Map.entry("token_use", "token"), Map.entry("token_scope_use", "token"), Map.entry("token_owner", "token"),
			Map.entry("token_pepper", "token"), Map.entry("token_node", "token"), Map.entry("app_user", "account"),
			Map.entry("audit_event", "audit"), Map.entry("oauth_authorization", "grant"),
			Map.entry("oauth_consent", "grant"), Map.entry("password_grant", "grant"),
			Map.entry("oauth_device", "grant"), Map.entry("oauth_client", "client"),
			Map.entry("oauth_client_name", "client"), Map.entry("oauth_client_removed", "client"),
			Map.entry("oauth_client_secret_maker", "client"), Map.entry("oauth_signing_key", "jwt"),
			Map.entry("sent_form", "page"), Map.entry("web_session", "session"),
			Map.entry("web_session_attributes", "session"), Map.entry("shedlock", "token"),
			Map.entry("queued_mail", "mail"), Map.entry("reader_language", "mail"),
			Map.entry("sign_in_failure", "limit"), Map.entry("sign_in_network", "limit"),
			Map.entry("protected_resource", "resource"), Map.entry("resource_scope", "resource"));

	/** Who else names one, and for what. */
	private static final Map<String, Set<String>> READERS = Map.of(
			// The hot path's one statement joins the owner; uses are written by who sees
			// them.
			"verification", Set.of("api_token", "token_owner", "token_use", "token_scope_use"),
			// An event keeps the name that its account had.
			"audit", Set.of("token_owner", "api_token"),
			// Who is told of which token.
			"mail", Set.of("api_token", "token_owner"),
			// What acts for an account, in one list; and what nobody agreed to goes.
			"grant", Set.of("api_token", "oauth_client", "oauth_client_name"));

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
			.filter((use) -> !use.getOriginClass().isEquivalentTo(LatchkeyApplication.class))
			.collect(Collectors.groupingBy((use) -> module(use.getTargetClass()), Collectors
				.mapping((use) -> use.getOriginClass().getName(), Collectors.toCollection(TreeSet::new))));
		assertThat(usersOfDoors).isEmpty();
	}

	@Test
	void nobodyUsesWhatLiesHigher() {
		assertThat(modules()).containsAll(FLOORS.stream().flatMap(Set::stream).toList());
		assertThat(arrows().stream().filter((arrow) -> floor(arrow.to()) > floor(arrow.from()))).isEmpty();
	}

	@Test
	void whatOthersWillEmbedNeedsNothingOfTheServers() {
		assertThat(arrows().stream().filter((arrow) -> !SERVER.contains(arrow.from()) && SERVER.contains(arrow.to())))
			.isEmpty();
	}

	@Test
	void noPackageIsMoreThanASixthOfTheWhole() throws IOException {
		Map<String, Long> lines = new TreeMap<>();
		for (Path source : sources()) {
			try (Stream<String> text = Files.lines(source)) {
				lines.merge(moduleOf(source), text.count(), Long::sum);
			}
		}
		long all = lines.values().stream().mapToLong(Long::longValue).sum();
		assertThat(lines).allSatisfy((name, count) -> assertThat(count * 6).as(name).isLessThan(all));
	}

	@Test
	void eachTableIsReadAndWrittenInOnePackage() throws IOException {
		Set<String> tables = tables();
		assertThat(OWNERS.keySet()).containsExactlyInAnyOrderElementsOf(tables);
		Map<String, Set<String>> foreign = new TreeMap<>();
		for (Path source : sources()) {
			String module = moduleOf(source);
			for (String literal : literals(source)) {
				for (String word : literal.split("\\W+")) {
					if (tables.contains(word) && !module.equals(OWNERS.get(word))) {
						foreign.computeIfAbsent(module, (name) -> new TreeSet<>()).add(word);
					}
				}
			}
		}
		assertThat(foreign).isEqualTo(READERS);
	}

	@Test
	void whatOthersWillEmbedNamesNoTableOfTheServers() throws IOException {
		Map<String, Set<String>> named = new TreeMap<>();
		for (Path source : sources()) {
			String module = moduleOf(source);
			for (String literal : isEmbedded(module) ? literals(source) : List.<String>of()) {
				for (String word : literal.split("\\W+")) {
					if (SERVER.contains(OWNERS.getOrDefault(word, ""))) {
						named.computeIfAbsent(module, (name) -> new TreeSet<>()).add(word);
					}
				}
			}
		}
		assertThat(named).isEmpty();
	}

	/**
	 * A persistence unit does not go well with somebody else's. What is named here is
	 * replaced where it is embedded.
	 */
	@Test
	void whatOthersWillEmbedUsesSqlAloneButForTheEntityOfTheServer() {
		Set<String> users = CLASSES.stream()
			.filter((type) -> isEmbedded(module(type)))
			.filter((type) -> type.getDirectDependenciesFromSelf()
				.stream()
				.anyMatch((use) -> JPA.matcher(use.getTargetClass().getPackageName()).lookingAt()))
			.map((type) -> type.getName().replaceFirst("\\$.*", ""))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(users).containsExactly("dev.latchkey.token.ApiToken", "dev.latchkey.token.ApiTokenRepository",
				"dev.latchkey.token.ScopesConverter");
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

	/**
	 * The doors find out who acts and hand it on: what a thread happens to carry is gone
	 * in another one. Only four ask for the request under way, none of them for that.
	 */
	@Test
	void whoActsTravelsAsAValue() {
		noClasses().that()
			.doNotHaveSimpleName("WrittenConverter")
			.and()
			.doNotHaveSimpleName("ClientNetwork")
			.and()
			.doNotHaveSimpleName("UserSessions")
			.and()
			.doNotHaveSimpleName("OpenSessions")
			.should()
			.dependOnClassesThat()
			.areAssignableTo(RequestContextHolder.class)
			.check(CLASSES);
		noClasses().that()
			.resideInAnyPackage("dev.latchkey.token", "dev.latchkey.verification", "dev.latchkey.audit",
					"dev.latchkey.mail", "dev.latchkey.leak", "dev.latchkey.account", "dev.latchkey.client")
			.should()
			.dependOnClassesThat()
			.areAssignableTo(SecurityContextHolder.class)
			.orShould()
			.callMethod(Caller.class, "current")
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

	/**
	 * An interface with one implementation says nothing, unless a lower package asks by
	 * it for what a higher one knows.
	 */
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
			.filter((type) -> type.getSubclasses().size() == 1
					&& module(type).equals(module(type.getSubclasses().iterator().next())))
			.map(JavaClass::getName)
			.collect(Collectors.toSet());
		assertThat(single).isEmpty();
	}

	/**
	 * Two ways to write do not meet in one transaction, so that nobody flushes to make
	 * the other see. Where each of the two stands, it says why.
	 */
	@Test
	void entitiesAreWrittenAtTheCommitButForTwoMoments() {
		Set<String> flushes = CLASSES.stream()
			.flatMap((type) -> type.getMethodCallsFromSelf().stream())
			.filter((call) -> call.getName().matches("flush|\\w+AndFlush"))
			.filter((call) -> call.getTargetOwner().isAssignableTo(Repository.class)
					|| call.getTargetOwner().isAssignableTo(EntityManager.class))
			.map((call) -> call.getOriginOwner().getSimpleName() + "." + call.getOrigin().getName())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(flushes).containsExactly("AccountWrites.create", "AccountWrites.setEnabled");
	}

	/**
	 * Whoever needs more has one job too many, which gets a class of its own. Of the one
	 * that is named, seven are asked for by the class of springdoc that it extends.
	 */
	@Test
	void noBeanTakesMoreThanSevenCollaborators() {
		Set<String> more = CLASSES.stream()
			.filter((type) -> type.isMetaAnnotatedWith(Component.class) || type.isAssignableTo(Filter.class))
			.filter((type) -> type.getConstructors()
				.stream()
				.anyMatch((constructor) -> constructor.getRawParameterTypes().size() > 7))
			.map(JavaClass::getSimpleName)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(more).containsExactly("ReadRoutes");
	}

	@Test
	void thePageAboutTheHouseHasNoRoomThatIsGoneAndEveryTable() throws IOException {
		String page = Files.readString(PAGE);
		// The sample may be deleted, and whoever builds on this has rooms of their own.
		assertThat(cells(between(page, "## The rooms", "## Four walks")).flatMap((row) -> names(row.get(1)))
			.filter((room) -> !room.equals("order"))).isNotEmpty().isSubsetOf(modules());
		Map<String, String> owners = new TreeMap<>();
		cells(between(page, "## One owner", null)).forEach((row) -> names(row.get(0))
			.forEach((table) -> owners.put(table, names(row.get(1)).findFirst().orElseThrow())));
		assertThat(owners).isEqualTo(new TreeMap<>(OWNERS));
	}

	@Test
	void whatThePageAboutTheHouseNamesIsThere() throws IOException {
		Set<String> types = new TreeSet<>();
		for (String root : List.of("src", "library/src")) {
			try (Stream<Path> files = Files.walk(Path.of(root))) {
				files.map((file) -> file.getFileName().toString())
					.filter((name) -> name.endsWith(".java"))
					.forEach((name) -> types.add(name.replace(".java", "")));
			}
		}
		assertThat(names(Files.readString(PAGE)).filter((name) -> TYPE.matcher(name).matches())
			.map((name) -> name.substring(name.indexOf('.') + 1))).isNotEmpty().isSubsetOf(types);
	}

	private static String between(String page, String begin, @Nullable String end) {
		int from = page.indexOf(begin);
		return page.substring(from, (end != null) ? page.indexOf(end) : page.length());
	}

	/** The cells of the rows that name something in their first two. */
	private static Stream<List<String>> cells(String part) {
		return part.lines()
			.filter((line) -> line.startsWith("|"))
			.map((line) -> List.of(line.substring(1).split("\\|")))
			.filter((row) -> row.get(1).contains("`"));
	}

	private static Stream<String> names(String text) {
		return NAME.matcher(text).results().map((found) -> found.group(1));
	}

	private static Set<String> modules() {
		return CLASSES.stream()
			.map(ArchitectureTests::module)
			.filter((name) -> !name.isEmpty())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<Arrow> arrows() {
		return CLASSES.stream()
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.map((use) -> new Arrow(module(use.getOriginClass()), module(use.getTargetClass())))
			.filter((arrow) -> !arrow.from().isEmpty() && !arrow.to().isEmpty() && !arrow.from().equals(arrow.to()))
			.collect(Collectors.toSet());
	}

	private static int floor(String module) {
		int floor = 0;
		while (floor < FLOORS.size() && !FLOORS.get(floor).contains(module)) {
			floor++;
		}
		return floor;
	}

	private static boolean isEmbedded(String module) {
		return floor(module) < FLOORS.size() && !SERVER.contains(module);
	}

	private static Set<String> tables() throws IOException {
		Set<String> tables = new TreeSet<>();
		try (Stream<Path> files = Files.walk(Path.of("src/main/resources/db/migration"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".sql")).toList()) {
				CREATED.matcher(Files.readString(file)).results().forEach((found) -> tables.add(found.group(1)));
			}
		}
		return tables;
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((path) -> path.toString().endsWith(".java")).toList();
		}
	}

	private static String moduleOf(Path source) {
		Path inside = SOURCES.relativize(source);
		return (inside.getNameCount() > 1) ? inside.getName(0).toString() : "";
	}

	private static List<String> literals(Path source) throws IOException {
		return LITERAL.matcher(Files.readString(source)).results().map(MatchResult::group).toList();
	}

	private static String module(JavaClass type) {
		String[] parts = type.getPackageName().split("\\.");
		return (parts.length > 2 && parts[0].equals("dev") && parts[1].equals("latchkey")) ? parts[2] : "";
	}

	/** One package uses another one. */
	private record Arrow(String from, String to) {

		@Override
		public String toString() {
			return this.from + " -> " + this.to;
		}

	}

}
