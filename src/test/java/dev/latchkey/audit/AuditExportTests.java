package dev.latchkey.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 5.3: {@code Accept: application/x-ndjson} gives all events that the filters
 * admit, oldest first, unpaged.
 */
@LatchkeyTest
class AuditExportTests {

	private static final String LINES = "application/x-ndjson";

	/** More than the buffers between server and client hold. */
	private static final int MANY = 50_000;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private DataSource database;

	@Autowired
	private RefusalAggregator refusals;

	private final UUID actor = UUID.randomUUID();

	private User admin;

	private String reader;

	@BeforeEach
	void makeReader() {
		this.admin = this.people.admin();
		this.reader = this.people.raw(this.admin, "audit:read");
	}

	@AfterEach
	void removeEvents() {
		this.jdbc.update("delete from audit_event where actor_id = ?", this.actor);
	}

	@Test
	void everythingThatTheFiltersAdmitComesOldestFirst() {
		insert(2500, "login.succeeded");
		insert(5, "login.failed");
		Answer answer = ask("?action=login.succeeded&actor=" + this.actor, LINES);
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo(LINES);
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
		assertThat(answer.response().headers().allValues("Vary")).contains("Accept");
		assertThat(answer.body()).endsWith("}\n");
		List<Long> ids = answer.body()
			.lines()
			.map((line) -> Long.valueOf(JsonPath.<String>read(line, "$.id")))
			.toList();
		assertThat(ids).hasSize(2500).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void eventsOfOneMomentAreNeitherLostNorRepeated() {
		insert(2500, "login.succeeded");
		this.jdbc.update("update audit_event set at = timestamptz '2026-01-01' where actor_id = ?", this.actor);
		assertThat(ask("?actor=" + this.actor, LINES).body().lines().distinct()).hasSize(2500);
	}

	@Test
	void anObjectIsWhatItIsInTheList() {
		insert(1, "login.succeeded");
		Map<String, Object> item = ask("?actor=" + this.actor, "application/json").json("items[0]");
		assertThat(item).containsOnlyKeys("id", "at", "action", "actor", "actor_id", "credential", "owner_id",
				"token_id", "changes", "ip", "count", "detail");
		Map<String, Object> line = JsonPath.read(ask("?actor=" + this.actor, LINES).body(), "$");
		assertThat(line).isEqualTo(item).containsKeys("id", "at", "action", "actor", "actor_id", "count");
	}

	@Test
	void timesNarrowItAsTheyNarrowTheList() {
		insert(10, "login.succeeded");
		this.jdbc.update("update audit_event set at = timestamptz '2020-01-01' where id = (select min(id) from"
				+ " audit_event where actor_id = ?)", this.actor);
		String old = "?from=2020-01-01T00:00:00Z&to=2020-01-01T00:00:01Z&actor=" + this.actor;
		assertThat(ask(old, LINES).body().lines()).hasSize(1);
		assertThat(ask("?to=2020-01-01T00:00:00Z&actor=" + this.actor, LINES).body()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			application/x-ndjson                              | application/x-ndjson
			application/x-ndjson; charset=utf-8               | application/x-ndjson
			application/x-ndjson, application/json;q=0.9      | application/x-ndjson
			application/json;q=0.5, application/x-ndjson;q=1  | application/x-ndjson
			application/json;q=0.1, */*                       | application/x-ndjson
			application/json;q=0, application/*               | application/x-ndjson
			text/html, application/x-ndjson;q=0.1             | application/x-ndjson
			application/json                                  | application/json
			*/*                                               | application/json
			application/*                                     | application/json
			application/x-ndjson, application/json            | application/json
			application/x-ndjson;q=0.4, */*;q=0.5             | application/json
			application/x-ndjson;q=0, */*                     | application/json
			""")
	void theFormIsTheOneThatTheClientLikesBest(String accept, String form) {
		assertThat(ask("?actor=" + this.actor, accept).header("Content-Type")).startsWith(form);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "text/csv", "application/x-ndjson;q=0", "application/ndjson", "*/*;q=0",
			"application/json;q=0, application/x-ndjson;q=0, */*" })
	void anotherFormThereIsNot(String accept) {
		Answer answer = ask("", accept);
		assertThat(answer.status()).isEqualTo(406);
		assertThat(answer.code()).isEqualTo("not_acceptable");
		assertThat(answer.response().headers().allValues("Vary")).contains("Accept");
	}

	@Test
	void aRouteWithoutLinesHasNone() {
		assertThat(this.http.send("GET", "/api/scopes", null, headers(LINES)).status()).isEqualTo(406);
	}

	@ParameterizedTest
	@CsvSource({ "page=0,page", "size=20,size", "page=x,page", "size=,size", "from=yesterday,from",
			"nonsense=1,nonsense" })
	void whatGoesWithAPageAloneOrCannotBeReadIsNamed(String query, String field) {
		Answer answer = ask("?" + query, LINES);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(field);
	}

	@Test
	void itNeedsTheSameRightAsTheList() {
		User user = this.people.user();
		assertThat(this.http.send("GET", "/api/audit-events", null, Map.of("Accept", List.of(LINES))).code())
			.isEqualTo("authentication_required");
		this.reader = this.people.raw(user, "*");
		assertThat(ask("", LINES).code()).isEqualTo("forbidden");
		this.reader = this.people.raw(this.people.admin(), "users:read");
		assertThat(ask("", LINES).code()).isEqualTo("insufficient_scope");
	}

	@Test
	void aHeadHasTheHeadersAlone() {
		insert(10, "login.succeeded");
		Answer answer = this.http.send("HEAD", "/api/audit-events", null, headers(LINES));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo(LINES);
		assertThat(answer.body()).isEmpty();
	}

	@Test
	void aFailureBeforeTheFirstLineIsAProblem() {
		this.jdbc.execute("alter table audit_event rename to audit_event_gone");
		try {
			assertThat(ask("", LINES).code()).isEqualTo("internal_error");
		}
		finally {
			this.jdbc.execute("alter table audit_event_gone rename to audit_event");
		}
	}

	/** A client that takes a part for the whole would never know. */
	@Test
	void aFailureInTheMiddleBreaksTheAnswerOff() throws Exception {
		insert(MANY, "login.succeeded");
		try (SlowClient client = new SlowClient()) {
			client.begin();
			this.jdbc.execute("alter table audit_event rename to audit_event_gone");
			try {
				assertThat(client.readsToTheEnd()).isFalse();
				assertThat(client.read()).doesNotContain("internal_error", "problem").contains("login.succeeded");
				assertThat(client.lines()).isLessThan(MANY);
			}
			finally {
				this.jdbc.execute("alter table audit_event_gone rename to audit_event");
			}
		}
	}

	@Test
	void whoReadsSlowlyIsNotCutAndHoldsNoConnection() throws Exception {
		insert(MANY, "login.succeeded");
		List<SlowClient> clients = new ArrayList<>();
		try {
			int pool = this.database.unwrap(HikariDataSource.class).getMaximumPoolSize();
			for (int i = 0; i < pool; i++) {
				SlowClient client = new SlowClient();
				clients.add(client);
				client.begin();
			}
			List<Connection> taken = new ArrayList<>();
			for (int i = 0; i < pool; i++) {
				taken.add(this.database.getConnection());
			}
			for (Connection connection : taken) {
				connection.close();
			}
			assertThat(clients.get(0).readsToTheEnd()).isTrue();
			assertThat(clients.get(0).lines()).isEqualTo(MANY);
		}
		finally {
			for (SlowClient client : clients) {
				client.close();
			}
		}
	}

	@Test
	void whoBreaksOffHasReadTheAuditAllTheSame() throws Exception {
		insert(MANY, "login.succeeded");
		try (SlowClient client = new SlowClient()) {
			client.begin();
		}
		Instant end = Instant.now().plusSeconds(30);
		while (reads() == 0 && Instant.now().isBefore(end)) {
			Thread.onSpinWait();
			this.refusals.flush();
		}
		assertThat(reads()).isEqualTo(1);
	}

	private int reads() {
		return this.jdbc.queryForObject("select count(*) from audit_event where action = 'audit.read' and actor_id = ?",
				Integer.class, this.admin.id());
	}

	/** The table is as long as when the request came, not as it will be. */
	@Test
	void whatHappensMeanwhileIsNotWaitedFor() throws Exception {
		insert(MANY, "login.succeeded");
		try (SlowClient client = new SlowClient()) {
			client.begin();
			insert(10, "login.failed");
			assertThat(client.readsToTheEnd()).isTrue();
			assertThat(client.lines()).isEqualTo(MANY);
		}
	}

	private void insert(int rows, String action) {
		this.jdbc.update("""
				insert into audit_event (at, action, actor_id, actor, owner_id, ip, detail)
				select now() - interval '1 hour', ?, ?, 'somebody@example.com', ?, '192.0.2.1', repeat('x', 200)
				from generate_series(1, ?)
				""", action, this.actor, this.actor, rows);
	}

	private Answer ask(String query, String accept) {
		return this.http.send("GET", "/api/audit-events" + query, null, headers(accept));
	}

	private Map<String, List<String>> headers(String accept) {
		return Map.of("Authorization", List.of("Bearer " + this.reader), "Accept", List.of(accept));
	}

	/** Takes little at a time, and all of it at the end. */
	private final class SlowClient implements AutoCloseable {

		private final Socket socket = new Socket();

		private final InputStream in;

		private final ByteArrayOutputStream body = new ByteArrayOutputStream();

		private SlowClient() throws IOException {
			this.socket.setReceiveBufferSize(8192);
			this.socket
				.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), AuditExportTests.this.http.port()));
			this.socket.setSoTimeout(30_000);
			this.socket.getOutputStream()
				.write("""
						GET /api/audit-events?actor=%s HTTP/1.1\r
						Host: 127.0.0.1\r
						Authorization: Bearer %s\r
						Accept: application/x-ndjson\r
						\r
						""".formatted(AuditExportTests.this.actor, AuditExportTests.this.reader)
					.getBytes(StandardCharsets.US_ASCII));
			this.in = new BufferedInputStream(this.socket.getInputStream());
		}

		private void begin() throws IOException {
			assertThat(line()).startsWith("HTTP/1.1 200");
			for (String header = line(); !header.isEmpty(); header = line()) {
				assertThat(header).isNotNull();
			}
		}

		/** Returns false where the connection ends before the last chunk has come. */
		private boolean readsToTheEnd() throws IOException {
			for (String size = line(); !size.isEmpty(); size = line()) {
				int length = Integer.parseInt(size, 16);
				this.body.write(this.in.readNBytes(length + 2), 0, length);
				if (length == 0) {
					return true;
				}
			}
			return false;
		}

		private String read() {
			return this.body.toString(StandardCharsets.UTF_8);
		}

		private long lines() {
			return read().lines().filter((line) -> line.startsWith("{\"id\":")).count();
		}

		private String line() throws IOException {
			StringBuilder line = new StringBuilder();
			for (int next = this.in.read(); next >= 0 && next != '\n'; next = this.in.read()) {
				line.append((char) next);
			}
			return line.toString().strip();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
