package dev.latchkey.web;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.StatementCounter;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

/**
 * Every list comes in pages that neither overlap nor leave anything out.
 */
@LatchkeyTest
class PageTests {

	/** What stands in the place of each variable of a route. */
	private static final String ID = "00000000-0000-0000-0000-000000000000";

	private static final String[] LISTS = { "/api/tokens", "/api/notes", "/api/users", "/api/audit-events" };

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private Routes routes;

	@Autowired
	private MockMvc mvc;

	@Autowired
	private JdbcClient jdbc;

	private User owner;

	private String token;

	private String tokenId;

	@BeforeEach
	void makeToken() {
		this.owner = this.people.admin();
		IssuedToken issued = this.people.token(this.owner, "*");
		this.token = issued.raw().reveal();
		this.tokenId = issued.details().id().toString();
	}

	@Test
	void aListSaysItsPageItsSizeAndItsTotal() {
		for (String list : LISTS) {
			Answer answer = this.http.get(list, this.token);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.<Integer>json("page")).isZero();
			assertThat(answer.<Integer>json("size")).isEqualTo(20);
			assertThat(answer.<Integer>json("total")).isNotNegative();
			assertThat(answer.<List<?>>json("items")).isNotNull();
		}
	}

	@ParameterizedTest
	@CsvSource({ "page=-1,page", "page=x,page", "page=,page", "page=1.0,page", "page=99999999999,page", "size=0,size",
			"size=101,size", "size=-1,size", "size=ten,size", "page=%2B1,page", "size=%D9%A3,size", "size=1e1,size",
			"size=0x1,size", "page=%201,page" })
	void aBadPageOrSizeIsNotAcceptable(String query, String field) {
		for (String list : LISTS) {
			Answer answer = this.http.get(list + "?" + query, this.token);
			assertThat(answer.status()).as(list).isEqualTo(422);
			assertThat(answer.code()).isEqualTo("validation_failed");
			assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(field);
		}
	}

	@Test
	void bothBoundsAreToldOfAtOnce() {
		assertThat(this.http.get("/api/tokens?page=-1&size=0", this.token).<List<String>>json("errors[*].field"))
			.containsExactly("page", "size");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100 })
	void theBoundsThemselvesAreAcceptable(int size) {
		for (String list : LISTS) {
			assertThat(this.http.get(list + "?size=" + size, this.token).<Integer>json("size")).isEqualTo(size);
		}
	}

	@Test
	void aPageFarBehindTheEndIsEmpty() {
		for (String list : LISTS) {
			Answer answer = this.http.get(list + "?page=1000000&size=100", this.token);
			assertThat(answer.status()).as(list).isEqualTo(200);
			assertThat(answer.<List<?>>json("items")).isEmpty();
		}
	}

	/** What stands before a page is passed over again for each call. */
	@Test
	void aListThatIsLongerThanItIsLeafedThroughSaysSoAndAShorterOneEnds() {
		String list = "/api/tokens/%s/events".formatted(this.tokenId);
		try {
			addEvents(100_010);
			Answer last = this.http.get(list + "?page=1000&size=100", this.token);
			assertThat(last.<List<?>>json("items")).hasSizeBetween(10, 20);
			for (String beyond : List.of("?page=1001&size=100", "?page=1000000&size=100")) {
				Answer empty = this.http.get(list + beyond, this.token);
				assertThat(empty.status()).as(beyond).isEqualTo(200);
				assertThat(empty.<List<?>>json("items")).isEmpty();
				assertThat(beyond).startsWith("?page=" + empty.<Integer>json("page"));
			}
			addEvents(90);
			assertThat(this.http.get(list + "?page=1000&size=100", this.token).<List<?>>json("items")).hasSize(100);
			for (String beyond : List.of("?page=1001&size=100", "?page=100001&size=1", "?page=1000000&size=100")) {
				Answer refused = this.http.get(list + beyond, this.token);
				assertThat(refused.status()).as(beyond).isEqualTo(422);
				assertThat(refused.<List<String>>json("errors[*].field")).containsExactly("page");
				assertThat(refused.<String>json("errors[0].message")).contains("at most 100000 items", "filters",
						"application/x-ndjson");
			}
		}
		finally {
			this.jdbc.sql("delete from audit_event where token_id = ?").param(UUID.fromString(this.tokenId)).update();
		}
	}

	private void addEvents(int count) {
		this.jdbc
			.sql("insert into audit_event (at, action, owner_id, token_id)"
					+ " select now(), 'token.used', ?, ? from generate_series(1, ?)")
			.params(this.owner.id(), UUID.fromString(this.tokenId), count)
			.update();
	}

	/** Whatever number stands in the address, people get no further than the API. */
	@Test
	void noPageIsFurtherThanListsAreLeafedThrough() {
		Visitor visitor = new Visitor(this.http.base()).signIn(this.owner);
		assertThat(visitor.get("/audit?page=1000000").body()).contains("page=1999").doesNotContain("rel=\"next\"");
		assertThat(visitor.get("/admin/tokens?page=1000000").body()).contains("page=4999");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&sort=name", "&sort=-name", "&sort=expires_at", "&sort=-expires_at",
			"&sort=last_used_at", "&sort=-created_at" })
	void tokensThatTieHaveAStableOrder(String sort) {
		this.clock.stop();
		for (int i = 0; i < 7; i++) {
			this.people.token(this.owner, "notes:read");
		}
		assertPagesAreWhole("/api/tokens?state=active" + sort + "&", 8);
	}

	/** Asked of every list and page of the server's own. */
	@Test
	void noListCountsTheWholeTable() {
		Cookie session = new Cookie("latchkey_session", new Visitor(this.http.base()).signIn(this.owner).session());
		List<String> counts = new ArrayList<>();
		for (Routes.Route route : this.routes.all()) {
			// What goes on for minutes is no list.
			if (route.method().equals("GET") && !route.path().equals("/changes")) {
				counts.addAll(
						StatementCounter.during(() -> ask(route.path().replace(ID, this.owner.id() + ""), session)));
				counts.addAll(StatementCounter.during(() -> ask(route.path().replace(ID, this.tokenId), session)));
			}
		}
		for (String table : List.of("audit_event", "api_token", "oauth_client", "app_user")) {
			assertThat(counts).filteredOn((sql) -> sql.contains("count(") && sql.contains(table))
				.as(table)
				.isNotEmpty()
				.allSatisfy((sql) -> assertThat(sql).containsPattern("limit|fetch first"));
		}
	}

	private void ask(String path, Cookie session) {
		try {
			this.mvc.perform(get(path + "?size=1").header("Authorization", "Bearer " + this.token));
			this.mvc.perform(get(path).cookie(session).accept("text/html"));
		}
		catch (Exception ex) {
			throw new IllegalStateException(path, ex);
		}
	}

	@Test
	void notesThatTieHaveAStableOrder() {
		this.clock.stop();
		for (int i = 0; i < 7; i++) {
			this.http.post("/api/notes", this.token, "{\"text\":\"tea\",\"copies\":1}");
		}
		assertPagesAreWhole("/api/notes?", 7);
	}

	private void assertPagesAreWhole(String list, int total) {
		List<String> ids = new ArrayList<>();
		for (int page = 0; page * 2 < total; page++) {
			Answer answer = this.http.get("%ssize=2&page=%d".formatted(list, page), this.token);
			assertThat(answer.<Integer>json("total")).isEqualTo(total);
			ids.addAll(answer.<List<String>>json("items[*].id"));
		}
		assertThat(ids).hasSize(total).doesNotHaveDuplicates();
		assertThat(this.http.get(list + "size=100", this.token).<List<String>>json("items[*].id"))
			.containsExactlyElementsOf(ids);
	}

}
