package dev.latchkey.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

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
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

}
