package dev.latchkey.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proxies that cannot be run here: what they send by their documentation, with the
 * configurations in {@code examples/proxies}.
 */
@LatchkeyTest
class ProxyExamplesTests {

	private static final Path EXAMPLES = Path.of("examples/proxies");

	@Autowired
	private Http http;

	@Autowired
	private People people;

	/**
	 * Envoy sends the method, path, host and {@code Authorization} of the client with a
	 * {@code Content-Length} of 0; {@code path_prefix} stands before the path, which has
	 * the query with it, and {@code headers_to_add} take the place of the client's. It
	 * lets pass what is answered with 200, and nothing else.
	 */
	@ParameterizedTest
	@CsvSource({ "GET, /orders/1", "POST, /orders/", "DELETE, /orders/1?scope=none&any_scope=none",
			"PATCH, /orders/%2e%2e/users", "OPTIONS, /orders/;a", "PROPFIND, /orders//x?a=%zz", "HEAD, /orders/{x}" })
	void envoyAsksAsItIsConfigured(String method, String path) throws IOException {
		Map<String, Object> service = at(read("envoy/envoy.yaml"), "http_service");
		StringBuilder added = new StringBuilder();
		list(at(service, "authorization_request"), "headers_to_add")
			.forEach((header) -> added.append("%s: %s\r\n".formatted(header.get("key"), header.get("value"))));
		String request = "%s %s%s HTTP/1.1\r\nhost: api.example\r\ncontent-length: 0\r\nx-envoy-internal: true\r\n"
			.formatted(method, service.get("path_prefix"), path)
				+ "x-forwarded-for: 10.0.0.9\r\nx-envoy-expected-rq-timeout-ms: 5000\r\nconnection: close\r\n" + added;
		User user = this.people.user();
		String good = "authorization: Bearer " + this.people.raw(user, "orders:read") + "\r\n";
		String weak = "authorization: Bearer " + this.people.raw(user, "user:read") + "\r\n";
		assertThat(this.http.raw(request + good + "\r\n")).startsWith("HTTP/1.1 200")
			.contains("X-Auth-User-Id: " + user.id(), "X-Auth-Scopes: orders:read")
			.endsWith("\r\n\r\n");
		assertThat(this.http.raw(request + weak + "\r\n")).startsWith("HTTP/1.1 403").contains("scope=\"orders:read\"");
		assertThat(this.http.raw(request + "\r\n")).startsWith("HTTP/1.1 401").contains("WWW-Authenticate: Bearer");
	}

	@Test
	void envoyRemovesWhatAClientForges() throws IOException {
		assertThat(Files.readString(EXAMPLES.resolve("envoy/envoy.yaml"))).contains("remove: x-auth-user-id",
				"remove: x-auth-user\n", "remove: x-auth-scopes", "remove: x-auth-token-id", "remove: latchkey-scope",
				"remove: latchkey-any-scope", "remove: latchkey-resource", "failure_mode_allow: false");
	}

	/**
	 * Traefik sends GET to the address as it stands there, with what it was asked in
	 * headers of its own and those of the client that are named.
	 */
	@ParameterizedTest
	@CsvSource({ "GET, /orders/1", "POST, /orders/?scope=none", "DELETE, /orders/../users/1" })
	void traefikAsksAsItIsConfigured(String method, String uri) throws IOException {
		Map<String, Object> asks = at(at(read("traefik/routes.yaml"), "orders-read"), "forwardAuth");
		URI address = URI.create(String.valueOf(asks.get("address")));
		Map<String, List<String>> headers = new HashMap<>(Map.of("X-Forwarded-Method", List.of(method),
				"X-Forwarded-Proto", List.of("http"), "X-Forwarded-Host", List.of("api.example"), "X-Forwarded-Uri",
				List.of(uri), "X-Forwarded-For", List.of("10.0.0.9"), "X-Forwarded-Port", List.of("80"),
				"X-Forwarded-Server", List.of("gateway"), "X-Real-Ip", List.of("10.0.0.9")));
		User user = this.people.user();
		String path = address.getRawPath() + "?" + address.getRawQuery();
		assertThat(this.http.send("GET", path, null, headers).status()).isEqualTo(401);
		headers.put("Authorization", List.of("Bearer " + this.people.raw(user, "user:read")));
		assertThat(this.http.send("GET", path, null, headers).status()).isEqualTo(403);
		headers.put("Authorization", List.of("Bearer " + this.people.raw(user, "orders:read")));
		Http.Answer answer = this.http.send("GET", path, null, headers);
		assertThat(answer.status()).isEqualTo(204);
		assertThat((List<?>) asks.get("authResponseHeaders"))
			.allSatisfy((name) -> assertThat(answer.header(String.valueOf(name))).isNotNull());
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> read(String file) throws IOException {
		return (Map<String, Object>) new Yaml(new SafeConstructor(new LoaderOptions()))
			.load(Files.readString(EXAMPLES.resolve(file)));
	}

	/** Finds the first object of this name, however deep. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> at(Object part, String name) {
		Object found = find(part, name);
		assertThat(found).as(name).isInstanceOf(Map.class);
		return (Map<String, Object>) found;
	}

	private static Object find(Object part, String name) {
		if (part instanceof Map<?, ?> map) {
			if (map.get(name) instanceof Map<?, ?> found) {
				return found;
			}
			return map.values()
				.stream()
				.map((value) -> find(value, name))
				.filter((one) -> one != null)
				.findFirst()
				.orElse(null);
		}
		if (part instanceof List<?> all) {
			return all.stream().map((value) -> find(value, name)).filter((one) -> one != null).findFirst().orElse(null);
		}
		return null;
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> list(Map<String, Object> part, String name) {
		return (List<Map<String, Object>>) part.get(name);
	}

}
