package dev.latchkey.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.latchkey.openapi.Documented.Operation;
import dev.latchkey.scope.AccessRule;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Handled;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.WrittenDown;
import org.junit.jupiter.api.Test;
import org.springdoc.core.converters.ModelConverterRegistrar;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.ObjectMapperProvider;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The document about the API: open to everybody, complete, and as the server is (contract
 * 5.7).
 */
@LatchkeyTest
class ApiDocumentTests {

	private static final Path FILE = Path.of("docs/openapi.yaml");

	/** The form on the consent page, and no door for programs. */
	private static final Route CONSENT = new Route("POST", "/oauth2/authorize");

	@Autowired
	private Http http;

	@Autowired
	private Routes routes;

	@Test
	void isOpenToGuestsAndKeptByThem() {
		Answer answer = this.http.get("/v3/api-docs");
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo("application/json");
		assertThat(answer.<String>json("openapi")).startsWith("3.1");
		assertThat(answer.header("Set-Cookie")).isNull();
		assertThat(this.http.send("GET", "/v3/api-docs", null, Map.of("If-None-Match", List.of(answer.header("ETag"))))
			.status()).isEqualTo(304);
		assertThat(this.http.get("/v3/api-docs", "nonsense").status()).isEqualTo(200);
		assertThat(this.http.get("/v3/api-docs.yaml").status()).isEqualTo(404);
		assertThat(this.http.get("/v3/api-docs/swagger-config").status()).isEqualTo(404);
	}

	@Test
	void saysNothingOfThisInstallation() {
		assertThat(this.http.get("/v3/api-docs").body()).doesNotContain(Integer.toString(this.http.port()), "actuator",
				"127.0.0.1", "dev.latchkey");
	}

	@Test
	void hasEveryRouteThatIsNoPage() {
		List<Operation> documented = Documented.by(this.http).operations();
		List<Route> routes = new ArrayList<>(this.routes.outsideOfControllers());
		routes.remove(CONSENT);
		rest().map(Handled::route).forEach(routes::add);
		assertThat(routes).hasSizeGreaterThan(40)
			.allSatisfy((route) -> assertThat(documented).as(route.toString())
				.anyMatch((one) -> one.takes(route.method(), route.path())));
	}

	/** Contract 5.5: programs send a person there. */
	@Test
	void hasThePagesThatPeopleComeToFromElsewhere() {
		assertThat(Documented.by(this.http).operations()).extracting(Operation::path)
			.contains("/oauth2/authorize", "/oauth2/device");
	}

	@Test
	void asksForTheScopesOfTheAnnotations() {
		List<Operation> documented = Documented.by(this.http).operations();
		assertThat(rest()).allSatisfy((one) -> {
			AccessRule rule = AccessRule.of(one.handler().getMethod(), one.handler().getBeanType());
			Operation operation = documented.stream()
				.filter((other) -> other.takes(one.route().method(), one.route().path()))
				.findFirst()
				.orElseThrow();
			assertThat(rule).as(operation.toString()).isNotNull();
			assertThat(operation.scopes()).as(operation.toString()).containsExactlyInAnyOrderElementsOf(rule.scopes());
			assertThat(operation.asksForAToken()).as(operation.toString())
				.isEqualTo(rule.kind() != AccessRule.Kind.EVERYBODY);
			boolean any = Nodes.objects(operation.node(), "security")
				.stream()
				.noneMatch((way) -> Nodes.texts(way, "oauth2").size() > 1);
			assertThat(any).as(operation.toString())
				.isEqualTo(rule.kind() != AccessRule.Kind.ALL_OF || rule.scopes().size() < 2);
		});
	}

	@Test
	void noOperationLacksDescriptionRefusalOrExample() {
		Documented document = Documented.by(this.http);
		Set<String> ids = new HashSet<>();
		assertThat(document.operations()).allSatisfy((one) -> {
			assertThat(one.node()).as("%s has to be described in src/main/resources/openapi", one)
				.containsKeys("summary", "description", "security");
			assertThat(document.tags()).contains(one.tag());
			assertThat(ids.add(one.id())).as(one.id()).isTrue();
			assertThat(one.statuses()).as(one.toString()).anyMatch((status) -> status.startsWith("2"));
			assertThat(one.statuses()).as(one.toString()).anyMatch((status) -> status.compareTo("400") >= 0);
			Nodes.objects(one.node(), "parameters")
				.forEach((parameter) -> assertThat(parameter).as("%s %s", one, parameter.get("name"))
					.containsKeys("description", "schema", "example"));
			Nodes.walk(one.node(), (node) -> Nodes.object(node, "content").forEach((type, body) -> {
				assertThat(((Map<?, ?>) body).keySet()).as("%s %s", one, type)
					.anyMatch((name) -> String.valueOf(name).startsWith("example"));
				assertThat(String.valueOf(body)).as("%s %s", one, type).doesNotContain("example=null");
			}));
		});
	}

	@Test
	void everyFieldIsDescribed() {
		Documented document = Documented.by(this.http);
		document.schemas().keySet().forEach((name) -> {
			Map<String, Object> schema = Nodes.object(document.schemas(), name);
			assertThat(schema).as(name).containsKey("description");
			Map<String, Object> fields = Nodes.object(schema, "properties");
			fields.keySet()
				.forEach((field) -> assertThat(Nodes.object(fields, field)).as("%s.%s", name, field)
					.containsKey("description"));
		});
	}

	@Test
	void everyCodeHasItsWords() {
		DocumentTexts texts = new DocumentTexts();
		assertThat(DocumentProblems.values())
			.allSatisfy((code) -> assertThat(texts.problem(code)).as(code).isNotEqualTo("null"));
	}

	@Test
	void isNotReadByTheConvertersOfAnotherApplicationInTheJvm(@Autowired DocumentComposer composer,
			@Autowired ObjectMapperProvider mappers, @Autowired SpringDocConfigProperties properties) {
		RecordSchemas others = new RecordSchemas(mappers.jsonMapper());
		new ModelConverterRegistrar(List.of(others), properties);
		composer.compose("/");
		assertThat(Documented.by(this.http).schemas()).isNotEmpty()
			.allSatisfy((name, schema) -> assertThat(others.recordOf(name)).as(name).isNull());
	}

	@Test
	void theFileIsTheDocument() throws IOException {
		Documented document = Documented.by(this.http);
		if (Boolean.getBoolean("latchkey.write")) {
			WrittenDown.assertThatFileIs(FILE, document.yaml());
		}
		Documented written = Documented.of(Files.readString(FILE));
		written.keepTags(document.tags());
		assertThat(written.yaml())
			.as("docs/openapi.yaml is not as the server says; ./mvnw test -Dtest=ApiDocumentTests -Dlatchkey.write=true "
					+ "writes it anew")
			.isEqualTo(document.yaml());
	}

	private Stream<Handled> rest() {
		return this.routes.handled()
			.stream()
			.filter((one) -> AnnotatedElementUtils.hasAnnotation(one.handler().getBeanType(), RestController.class))
			.filter((one) -> !one.route().path().startsWith("/api/notes"));
	}

}
