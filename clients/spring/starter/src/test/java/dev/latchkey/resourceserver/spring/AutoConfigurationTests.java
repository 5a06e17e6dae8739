package dev.latchkey.resourceserver.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.resourceserver.TestTokens;
import dev.latchkey.resourceserver.TokenVerifier;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the dependency alone brings, and what stops a start.
 */
class AutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LatchkeyResourceServerAutoConfiguration.class))
		.withPropertyValues("latchkey.resource-server.address=http://127.0.0.1:9",
				"latchkey.resource-server.client-id=parcels", "latchkey.resource-server.client-secret=secret");

	@Test
	void nothingIsMadeThatWouldTakeTheHostsPlace() {
		this.runner.run((context) -> assertThat(Stream.of(context.getBeanDefinitionNames())
			.filter((name) -> name.startsWith("latchkey") && !name.contains(".")))
			.containsExactlyInAnyOrder("latchkeyConnectionDetails", "latchkeyTokenVerifier", "latchkeyRefusals",
					"latchkeyRouteAnnotations", "latchkeyScopedBeans", "latchkeyHealthIndicator", "latchkeyMetrics"));
	}

	@Test
	void outOfReachItIsDownOnceSomebodyHasAsked() {
		this.runner.run((context) -> {
			HealthIndicator health = context.getBean(HealthIndicator.class);
			assertThat(String.valueOf(health.health())).contains("UP");
			TokenVerifier verifier = context.getBean(TokenVerifier.class);
			assertThatExceptionOfType(OAuth2IntrospectionException.class)
				.isThrownBy(() -> new LatchkeyOpaqueTokenIntrospector(verifier).introspect(TestTokens.raw(1)));
			assertThat(String.valueOf(health.health())).contains("DOWN");
		});
	}

	@Test
	void aSettingThatCannotBeStopsTheStart() {
		stops("latchkey.resource-server.max-staleness=1s", "max-staleness has to be between 2s and 5m");
		stops("latchkey.resource-server.max-staleness=6m", "max-staleness has to be between 2s and 5m");
		stops("latchkey.resource-server.address=ftp://x", "address has to be an http or https address");
		stops("latchkey.resource-server.max-kept=0", "max-kept has to be 1 or more");
	}

	@Test
	void whatIsPublicIsListed() throws IOException {
		Path root = Path.of("../../..");
		String listed = Files.readString(root.resolve("docs/api.md"));
		List<String> types = Stream.of("", "spring/").flatMap(AutoConfigurationTests::publicTypes).toList();
		assertThat(types).hasSizeGreaterThan(10)
			.allSatisfy((type) -> assertThat(listed).contains("| `%s` |".formatted(type)));
		assertThat(listed.lines().filter((line) -> line.startsWith("| `dev.latchkey.resourceserver.")))
			.hasSize(types.size());
	}

	private static Stream<String> publicTypes(String folder) {
		String name = "dev.latchkey.resourceserver." + folder.replace('/', '.');
		try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/latchkey/resourceserver", folder))) {
			return sources.filter(Files::isRegularFile)
				.filter(AutoConfigurationTests::isPublic)
				.map((source) -> name + source.getFileName().toString().replace(".java", ""))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isPublic(Path source) {
		try {
			return Files.readString(source).lines().anyMatch((line) -> line.startsWith("public "));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void stops(String setting, String reason) {
		this.runner.withPropertyValues(setting)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(reason));
	}

}
