package dev.latchkey.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the management port says, and to whom (contract 5.7).
 */
@LatchkeyTest
class ManagementPortTests {

	@LocalManagementPort
	private int port;

	@Test
	void infoSaysVersionAndCommit() throws IOException, InterruptedException {
		String info = get("/actuator/info").body();
		assertThat(JsonPath.<String>read(info, "build.version")).isNotEmpty();
		if (Files.exists(Path.of(".git"))) {
			assertThat(JsonPath.<String>read(info, "git.commit.id")).matches("[0-9a-f]{7}");
		}
	}

	@Test
	void sbomNamesWhatTheJarIsMadeOf() throws IOException, InterruptedException {
		assertThat(get("/actuator/sbom").body()).contains("\"application\"");
		HttpResponse<String> bill = get("/actuator/sbom/application");
		assertThat(bill.headers().firstValue("Content-Type")).hasValue("application/vnd.cyclonedx+json");
		assertThat(JsonPath.<String>read(bill.body(), "metadata.component.name")).isEqualTo("latchkey");
		assertThat(JsonPath.<Iterable<String>>read(bill.body(), "components[*].name")).contains("spring-security-web",
				"postgresql");
	}

	/** What restarts a node, or takes it out, looks at the status alone. */
	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "text/html", "image/*;q=0.8", "no type", "" })
	void aProbeIsAnsweredWhateverItAccepts(String accepted) throws IOException, InterruptedException {
		for (String path : List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")) {
			HttpResponse<String> answer = get(path, accepted);
			assertThat(answer.statusCode()).as(path).isEqualTo(200);
			assertThat(JsonPath.<String>read(answer.body(), "status")).as(path).isEqualTo("UP");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ",", "no type", "text/plain;version=0.0.4", "*/*" })
	void figuresAreToldWhateverCannotBeRead(String accepted) throws IOException, InterruptedException {
		HttpResponse<String> figures = get("/actuator/prometheus", accepted);
		assertThat(figures.statusCode()).isEqualTo(200);
		assertThat(figures.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
		assertThat(figures.body()).contains("latchkey_");
		assertThat(get("/actuator/info", accepted).statusCode()).isLessThan(500);
	}

	@Test
	void figuresAreToldHoweverManyFormsAreAskedFor() throws IOException, InterruptedException {
		assertThat(get("/actuator/prometheus", "x/y,".repeat(60) + "*/*").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/env", "/actuator/beans", "/actuator/loggers", "/actuator/metrics",
			"/actuator/heapdump", "/actuator/threaddump", "/actuator/mappings", "/actuator/configprops",
			"/actuator/conditions", "/actuator/scheduledtasks", "/actuator/shutdown", "/actuator/flyway",
			"/actuator/sessions", "/actuator/caches", "/actuator/modulith" })
	void saysNothingElse(String path) throws IOException, InterruptedException {
		assertThat(get(path).statusCode()).isEqualTo(404);
	}

	@Test
	void isForThisMachineAloneUnlessToldOtherwise(@Autowired Environment environment) {
		assertThat(environment.getProperty("management.server.address")).isEqualTo("127.0.0.1");
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return get(path, "*/*");
	}

	private HttpResponse<String> get(String path, String accepted) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Accept", accepted)
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

}
