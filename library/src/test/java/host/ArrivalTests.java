package host;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import dev.latchkey.embedded.TokenActivity;
import dev.latchkey.token.NewToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From where and under which name a request came, the application says. What the server
 * has of its own for that would disturb it: its names, its proxies, its names of
 * requests.
 */
class ArrivalTests {

	private static final String ELSEWHERE = "192.0.2.1";

	private static Running shop;

	@BeforeAll
	static void start() {
		shop = Running.start(List.of(Shop.class, RoutesTests.Heard.class));
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void anApplicationIsCalledByAnyName() throws IOException {
		String token = shop.token("anna", "invoices:read", "tokens:read");
		assertThat(statusByName("/api/invoices", "shop.example", token)).isEqualTo("HTTP/1.1 200");
		assertThat(statusByName("/api/tokens", "shop.example", token)).isEqualTo("HTTP/1.1 200");
	}

	@Test
	void whatAClientWritesOfItsAddressIsNotBelieved() {
		String here = bound(shop, "127.0.0.1");
		String elsewhere = bound(shop, ELSEWHERE);
		for (String header : List.of("X-Forwarded-For", "X-Real-IP", "Forwarded")) {
			assertThat(from(shop, header, here).statusCode()).as(header).isEqualTo(200);
			assertThat(from(shop, header, elsewhere).statusCode()).as(header).isEqualTo(401);
		}
	}

	@Test
	void whatHappensIsWrittenWithTheAddressOfTheRequest() {
		shop.users().put("forwarder", true, "ROLE_USER");
		String token = shop.token("forwarder", "*");
		UUID id = shop.tokens().of("forwarder").get(0).id();
		assertThat(shop
			.send(shop.request("/api/tokens/" + id + "?reason=left")
				.header("Authorization", "Bearer " + token)
				.header("X-Forwarded-For", ELSEWHERE)
				.DELETE())
			.statusCode()).isEqualTo(204);
		assertThat(shop.bean(RoutesTests.Heard.class).of(id)).filteredOn((one) -> one.action().equals("token.revoked"))
			.extracting(TokenActivity::ip)
			.containsExactly("127.0.0.1");
	}

	@Test
	void theAddressIsTheClientsWhereTheApplicationBelievesItsProxies() {
		try (Running behind = Running.start(List.of(Shop.class), "server.forward-headers-strategy=native")) {
			assertThat(from(behind, "X-Forwarded-For", bound(behind, ELSEWHERE)).statusCode()).isEqualTo(200);
			assertThat(from(behind, "X-Forwarded-For", bound(behind, "127.0.0.1")).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void requestsAreGivenNoNames() {
		String token = shop.token("anna", "invoices:read", "tokens:read");
		for (String path : List.of("/api/invoices", "/api/tokens", "/api/undecided")) {
			HttpRequest.Builder request = shop.request(path).header("Authorization", "Bearer " + token);
			assertThat(shop.send(request).headers().map()).as(path).doesNotContainKey("x-request-id");
			assertThat(shop.send(request.header("X-Request-Id", "of-the-client")).headers().map()).as(path)
				.doesNotContainKey("x-request-id");
		}
		assertThat(shop.get("/api/invoices", "lkp_nonsense").headers().map()).doesNotContainKey("x-request-id");
	}

	private static HttpResponse<String> from(Running application, String header, String token) {
		return application.send(application.request("/api/invoices")
			.header("Authorization", "Bearer " + token)
			.header(header, header.equals("Forwarded") ? "for=" + ELSEWHERE : ELSEWHERE));
	}

	private static String bound(Running application, String address) {
		NewToken wanted = new NewToken("For a test", List.of("invoices:read"), null, null, null, List.of(address), null,
				null, null);
		return application.tokens().create("anna", wanted).raw().reveal();
	}

	/** By a socket, since clients write that header themselves. */
	private static String statusByName(String path, String name, String token) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", shop.request(path).build().uri().getPort())) {
			socket.getOutputStream().write("""
					GET %s HTTP/1.1\r
					Host: %s\r
					Authorization: Bearer %s\r
					Connection: close\r
					\r
					""".formatted(path, name, token).getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
		}
	}

}
