package dev.latchkey.startup;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files by which Latchkey is run in containers fit the server, and each other.
 */
class DeploymentFilesTests {

	private static final String OWNER = "latchkey_owner";

	private static final Pattern NEEDED = Pattern.compile("\\$\\{([A-Z_]+):\\?");

	private static final Pattern EXAMPLE = Pattern.compile("(?s)cat > latchkey\\.env <<'END'\n(.*?)\nEND\n");

	private static final Pattern SUBNET = Pattern.compile("\\$\\{LATCHKEY_SUBNET:-10\\.213\\.77}");

	private final KnownSettings known = KnownSettings.load(DeploymentFilesTests.class.getClassLoader());

	private final Map<String, Object> services = map(compose().get("services"));

	@Test
	void bothServersOfComposeAreAlikeButForTheirAddress() {
		Map<String, Object> one = service("server-1");
		Map<String, Object> other = service("server-2");
		assertThat(address("server-1")).isNotEqualTo(address("server-2"));
		one.remove("networks");
		other.remove("networks");
		assertThat(one).isEqualTo(other).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL"));
	}

	@Test
	void theServersOfComposeSignInAsWhoCanChangeNoTable() throws IOException {
		Map<String, Object> settings = environment("server-1");
		assertThat(settings).containsEntry("SPRING_DATASOURCE_USERNAME", "latchkey")
			.containsEntry("SPRING_FLYWAY_USER", OWNER);
		assertThat(environment("database").get("POSTGRES_USER")).isNotIn("latchkey", OWNER);
		assertThat(read("deploy/postgres/roles.sql")).contains("create role latchkey login", "create role " + OWNER);
		assertThat(read("deploy/compose/roles.sh")).contains("alter role latchkey password",
				"alter role " + OWNER + " password");
	}

	@Test
	void theServersOfComposeBelieveNginxAlone() throws IOException {
		assertThat(environment("server-1")).containsEntry("LATCHKEY_SECURITY_TRUSTEDPROXIES", address("nginx"));
		assertThat(find(Pattern.compile("server (server-[0-9]):8080"), read("deploy/compose/nginx.conf")))
			.containsExactlyElementsOf(
					this.services.keySet().stream().filter((name) -> name.startsWith("server-")).toList());
		assertThat(ports("server-1")).isEmpty();
		assertThat(ports("database")).isEmpty();
		assertThat(ports("nginx")).isEqualTo(List.of("127.0.0.1:8080:8080"));
	}

	@Test
	void whatComposeMountsIsThere() {
		for (String name : this.services.keySet()) {
			for (Object volume : (List<?>) service(name).getOrDefault("volumes", List.of())) {
				String from = String.valueOf(volume).split(":")[0];
				assertThat(!from.startsWith("./") || Files.exists(Path.of(from))).as(from).isTrue();
			}
		}
	}

	@Test
	void theDatabaseOfComposeHasWhatBacksItUp() {
		assertThat(service("database").get("volumes")).asString().contains("./deploy/postgres:/latchkey:ro");
		for (String script : List.of("backup", "restore")) {
			assertThat(Path.of("deploy/postgres", script)).isExecutable();
		}
	}

	@Test
	void whatComposeNeedsIsMadeOnceAndForItsOwnerAlone(@TempDir Path directory) throws Exception {
		Path file = directory.resolve(".env");
		assertThat(newEnv(file)).isZero();
		String made = Files.readString(file);
		assertThat(find(NEEDED, read("docker-compose.yml"))).isNotEmpty()
			.allSatisfy((name) -> assertThat(made).containsPattern("(?m)^" + name + "=\\S{44,}$"));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(newEnv(file)).isNotZero();
		assertThat(Files.readString(file)).isEqualTo(made);
	}

	@Test
	void everySettingThatComposeGivesExists() {
		assertThatAllExist(environment("server-1").keySet());
	}

	/** The file with the passwords of the whole installation is not theirs. */
	@Test
	void theServersOfComposeTakeFurtherSettingsFromAFileOfTheirOwn() throws IOException {
		assertThat(service("server-1").get("env_file"))
			.isEqualTo(List.of(Map.of("path", "latchkey.env", "required", false)));
		assertThat(service("database")).doesNotContainKey("env_file");
		assertThat(read(".gitignore").lines()).contains("/.env", "/latchkey.env");
		List<String> shown = find(EXAMPLE, read("docs/operations.md"));
		assertThat(shown).hasSize(1);
		List<String> names = shown.get(0).lines().map((line) -> line.substring(0, line.indexOf('='))).toList();
		assertThat(names).contains("SPRING_MAIL_HOST").doesNotContainAnyElementsOf(environment("server-1").keySet());
		assertThatAllExist(names);
	}

	@ParameterizedTest
	@ValueSource(strings = { "deploy/kubernetes/latchkey.yaml" })
	void everySettingThatKubernetesGivesExists(String file) throws IOException {
		List<String> names = new ArrayList<>();
		for (Map<String, Object> container : containers(file)) {
			for (Object variable : (List<?>) Objects.requireNonNull(container.get("env"))) {
				names.add(String.valueOf(map(variable).get("name")));
			}
		}
		assertThat(names).contains("LATCHKEY_TOKENS_PEPPER");
		assertThatAllExist(names);
	}

	@Test
	void theImagesUserIsTheOneThatKubernetesRunsItAs() throws IOException {
		String user = find(Pattern.compile("(?m)^USER ([0-9]+)$"), read("Dockerfile")).get(0);
		assertThat(read("deploy/kubernetes/latchkey.yaml")).contains("runAsUser: " + user, "runAsGroup: " + user);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Dockerfile", "docker-compose.yml" })
	void theHealthCheckIsAProgramThatThereIs(String file) throws IOException {
		assertThat(read(file)).contains(HealthProbe.class.getName());
	}

	@Test
	void theCacheIsMadeByTheCommandThatUsesIt() throws IOException {
		String start = "-XX:MaxRAMPercentage=50 -jar /app/latchkey.jar";
		assertThat(read("Dockerfile").replace("\", \"", " ")).contains("-XX:AOTCache=/app/latchkey.aot " + start);
		assertThat(read("deploy/image/train")).contains(start);
	}

	private static int newEnv(Path file) throws IOException, InterruptedException {
		return new ProcessBuilder("deploy/compose/new-env", file.toString()).redirectErrorStream(true)
			.redirectOutput(Redirect.DISCARD)
			.start()
			.waitFor();
	}

	private void assertThatAllExist(Iterable<String> names) {
		assertThat(StreamSupport.stream(names.spliterator(), false).filter((name) -> name.startsWith("LATCHKEY_")))
			.isNotEmpty()
			.allSatisfy((name) -> assertThat(this.known.faultOfVariable(name)).as(name).isEmpty());
	}

	private static List<Map<String, Object>> containers(String file) throws IOException {
		List<Map<String, Object>> containers = new ArrayList<>();
		for (Object manifest : new Yaml().loadAll(read(file))) {
			Map<String, Object> kind = map(manifest);
			if ("Deployment".equals(kind.get("kind"))) {
				Map<String, Object> pod = map(map(map(kind.get("spec")).get("template")).get("spec"));
				((List<?>) Objects.requireNonNull(pod.get("containers"))).forEach((one) -> containers.add(map(one)));
			}
		}
		return containers;
	}

	private Map<String, Object> service(String name) {
		return map(this.services.get(name));
	}

	private Map<String, Object> environment(String service) {
		return map(service(service).get("environment"));
	}

	private List<?> ports(String service) {
		return (List<?>) service(service).getOrDefault("ports", List.of());
	}

	private String address(String service) {
		return String.valueOf(map(map(service(service).get("networks")).get("latchkey")).get("ipv4_address"));
	}

	private static Map<String, Object> compose() {
		try {
			Map<String, Object> compose = map(new Yaml().load(read("docker-compose.yml")));
			assertThat(SUBNET.matcher(String.valueOf(compose.get("networks"))).find()).isTrue();
			return compose;
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Map<String, Object> map(Object value) {
		Map<String, Object> map = new TreeMap<>();
		((Map<?, ?>) value).forEach((name, one) -> map.put(String.valueOf(name), one));
		return map;
	}

	private static List<String> find(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
	}

	private static String read(String file) throws IOException {
		return Files.readString(Path.of(file));
	}

}
