package dev.latchkey.resourceserver.spring;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.latchkey.resourceserver.ServerStub;
import dev.latchkey.resourceserver.TestTokens;
import dev.latchkey.resourceserver.TokenVerifier;
import dev.latchkey.resourceserver.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
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

	private static final int BAD = 3;

	private static final int UNKNOWN = 4;

	private static final int LIMITED = 5;

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
	void noMoreAnswersAreKeptThanIsSet() throws IOException {
		try (ServerStub server = new ServerStub()) {
			answering(server);
			at(server, "max-kept=8").run((context) -> {
				TokenVerifier verifier = context.getBean(TokenVerifier.class);
				IntStream.range(0, 20).forEach((i) -> verifier.verify(TestTokens.raw(i), null));
				assertThat(verifier.state().kept()).isBetween(1, 8);
			});
		}
	}

	@Test
	void tokensForAnotherServiceAreNoneWhereThisOneHasAnAddress() throws IOException {
		try (ServerStub server = new ServerStub()) {
			answering(server);
			at(server, "resource=https://letters.example")
				.run((context) -> assertThat(context.getBean(TokenVerifier.class).verify(TestTokens.raw(1), null))
					.isEqualTo(new Verdict.Refused()));
			at(server, "resource=https://parcels.example")
				.run((context) -> assertThat(context.getBean(TokenVerifier.class).verify(TestTokens.raw(1), null))
					.isInstanceOf(Verdict.Accepted.class));
		}
	}

	@Test
	void aServiceMayBelieveForLongerThanTwoSeconds() throws IOException {
		try (ServerStub server = new ServerStub()) {
			answering(server);
			server.follows();
			at(server, "max-staleness=1m").run((context) -> {
				TokenVerifier verifier = context.getBean(TokenVerifier.class);
				beat(server.stream());
				Awaitility.await().until(() -> isOlder(verifier.state().proofAge(), Duration.ZERO));
				verifier.verify(TestTokens.raw(1), null);
				Awaitility.await().until(() -> isOlder(verifier.state().proofAge(), Duration.ofMillis(2_500)));
				assertThat(verifier.verify(TestTokens.raw(1), null)).isInstanceOf(Verdict.Accepted.class);
				assertThat(verifier.state().asked()).isEqualTo(1);
			});
		}
	}

	@Test
	void theMetricsSayWhatWasDone() throws IOException {
		try (ServerStub server = new ServerStub()) {
			answering(server);
			server.follows();
			at(server, "max-staleness=1m").run((context) -> {
				TokenVerifier verifier = context.getBean(TokenVerifier.class);
				MeterRegistry registry = new SimpleMeterRegistry();
				context.getBean(MeterBinder.class).bindTo(registry);
				assertThat(value(registry, "proof.age.seconds")).isNaN();
				beat(server.stream());
				Awaitility.await().until(() -> verifier.state().isFollowing());
				for (int token : new int[] { 1, 1, 1, 1, 2, 2, 2, LIMITED, LIMITED, LIMITED, LIMITED, LIMITED, LIMITED,
						BAD, BAD, BAD, UNKNOWN, UNKNOWN }) {
					verifier.verify(TestTokens.raw(token), null);
				}
				verifier.verify("no token", null);
				assertThat(value(registry, "questions")).isEqualTo(8);
				assertThat(value(registry, "remembered")).isEqualTo(10);
				assertThat(value(registry, "limited")).isEqualTo(5);
				assertThat(value(registry, "refused")).isEqualTo(4);
				assertThat(value(registry, "undecided")).isEqualTo(2);
				assertThat(value(registry, "kept")).isEqualTo(3);
				assertThat(value(registry, "streams")).isEqualTo(1);
				assertThat(value(registry, "proof.age.seconds")).isBetween(0.0, 30.0);
			});
		}
	}

	private static double value(MeterRegistry registry, String name) {
		return registry.get("latchkey.resource.server." + name).meter().measure().iterator().next().getValue();
	}

	private static boolean isOlder(@Nullable Duration age, Duration than) {
		return age != null && age.compareTo(than) > 0;
	}

	private static void beat(OutputStream stream) throws IOException {
		ServerStub.tell(stream, "hello", "{\"now\":100000,\"since\":1000,\"rules\":\"r\"}");
		ServerStub.tell(stream, "beat", "{\"proven\":100000}");
	}

	private static void answering(ServerStub server) {
		server.on("/oauth2/introspect", (exchange) -> {
			String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			if (form.contains(TestTokens.raw(UNKNOWN))) {
				ServerStub.answer(exchange, 503, "{}");
			}
			else if (form.contains(TestTokens.raw(BAD))) {
				ServerStub.answer(exchange, 200, "{\"active\":false}");
			}
			else {
				ServerStub.answer(exchange, 200,
						"{\"active\":true,\"sub\":\"owner\",\"aud\":\"https://parcels.example\",\"now\":1,\"places\":[7],\"rules\":\"r\",\"address_bound\":false,\"rate_limit\":%s,\"believe_s\":60}"
							.formatted(form.contains(TestTokens.raw(LIMITED)) ? "1" : "null"));
			}
		});
	}

	private WebApplicationContextRunner at(ServerStub server, String setting) {
		return this.runner.withPropertyValues("latchkey.resource-server.address=" + server.settings().address(),
				"latchkey.resource-server." + setting);
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
