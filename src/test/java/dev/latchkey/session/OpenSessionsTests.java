package dev.latchkey.session;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever has signed in sees where else he has, and ends what he does not know.
 */
@LatchkeyTest
class OpenSessionsTests {

	private static final Pattern ID = Pattern.compile("name=\"id\" value=\"([0-9a-f-]{36})\"");

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private TestClock clock;

	@Test
	void everySessionIsSeenWithItsPlaceAndThisOneMarked() {
		User user = this.people.user();
		Visitor here = signedIn(user);
		Visitor elsewhere = signedIn(user);
		signedIn(this.people.user());
		String page = here.get("/account").body();
		assertThat(page).containsOnlyOnce("This session").contains("127.0.0.1", "End all other sessions");
		assertThat(others(page)).hasSize(1);
		assertThat(page).doesNotContain(SessionIds.digest(here.session()), SessionIds.digest(elsewhere.session()));
		String alone = signedIn(this.people.user()).get("/account").body();
		assertThat(alone).contains("This session").doesNotContain("End all other sessions");
		assertThat(others(alone)).isEmpty();
	}

	@Test
	void theBrowserOfEachIsSaidInWords() {
		User user = this.people.user();
		new Visitor(this.http.base()).as("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
			.signIn(user);
		Visitor odd = new Visitor(this.http.base()).as("<b>not</b> \"a\" browser").signIn(user);
		assertThat(odd.get("/account").body()).contains(">Firefox on Linux</strong>", ">Unknown browser</strong>")
			.doesNotContain("<b>not", "&lt;b&gt;not");
		assertThat(isIn(odd)).isTrue();
	}

	@Test
	void oneIsEndedAndTheOthersGoOn() {
		User user = this.people.user();
		Visitor unknown = signedIn(user);
		Visitor here = signedIn(user);
		String id = others(here.get("/account").body()).get(0);
		Visitor third = signedIn(user);
		assertThat(here.post("/account/sessions", "id", id).headers().firstValue("Location").orElse(""))
			.endsWith("/account");
		assertThat(isIn(unknown)).isFalse();
		assertThat(isIn(here)).isTrue();
		assertThat(isIn(third)).isTrue();
		assertThat(events(user)).containsExactly("another session");
		here.post("/account/sessions", "id", id);
		assertThat(events(user)).hasSize(1);
	}

	@Test
	void allOthersAreEndedAtOnce() {
		User user = this.people.user();
		Visitor here = signedIn(user);
		List<Visitor> others = List.of(signedIn(user), signedIn(user));
		here.get("/account");
		here.post("/account/sessions", "id", "others");
		assertThat(others).noneMatch(this::isIn);
		assertThat(isIn(here)).isTrue();
	}

	@Test
	void somebodyElsesIsLeftAsItIs() {
		Visitor owner = signedIn(this.people.user());
		Visitor other = signedIn(this.people.user());
		String id = this.jdbc.queryForObject("select primary_id from web_session where session_id = ?", String.class,
				SessionIds.digest(owner.session()));
		other.get("/account");
		other.post("/account/sessions", "id", id);
		assertThat(isIn(owner)).isTrue();
	}

	@Test
	void whatIsNoIdIsNotThere() {
		Visitor here = signedIn(this.people.user());
		for (String odd : List.of("", "1", "\u0000", "' or true --", "OTHERS")) {
			here.get("/account");
			assertThat(here.post("/account/sessions", "id", odd).statusCode()).as(odd).isIn(400, 404);
		}
	}

	/** A stolen cookie locks the owner out of nothing for long. */
	@Test
	void thePasswordIsAskedForAgainFirst() {
		User user = this.people.user();
		Visitor here = signedIn(user);
		Visitor elsewhere = signedIn(user);
		here.get("/account");
		this.clock.advance(Duration.ofHours(1));
		assertThat(here.post("/account/sessions", "id", "others").headers().firstValue("Location").orElse(""))
			.endsWith("/login");
		assertThat(isIn(elsewhere)).isTrue();
		here.get("/login");
		assertThat(here.post("/login", "email", user.email(), "password", People.PASSWORD)
			.headers()
			.firstValue("Location")
			.orElse("")).contains("/account").doesNotContain("/sessions");
		here.get("/account");
		here.post("/account/sessions", "id", "others");
		assertThat(isIn(elsewhere)).isFalse();
	}

	@Test
	void theFiftyFirstEndsTheOneThatWasNotUsedForLongest() {
		User user = this.people.user();
		Visitor oldest = signedIn(user);
		this.jdbc.update("""
				insert into web_session (primary_id, session_id, creation_time, last_access_time,
				    max_inactive_interval, expiry_time, principal_name)
				select gen_random_uuid()::text, 'made up ' || gen_random_uuid(), creation_time, last_access_time + n,
				    max_inactive_interval, expiry_time, principal_name
				from web_session, generate_series(1, 49) n where principal_name = ?""", user.id().toString());
		Visitor latest = signedIn(user);
		assertThat(isIn(oldest)).isFalse();
		assertThat(isIn(latest)).isTrue();
		assertThat(this.jdbc.queryForObject("select count(*) from web_session where principal_name = ?", Integer.class,
				user.id().toString()))
			.isEqualTo(OpenSessions.MOST);
		assertThat(events(user)).containsExactly("more than 50 sessions");
		assertThat(this.jdbc.queryForObject("select actor_id from audit_event where owner_id = ? and action = 'logout'",
				UUID.class, user.id()))
			.isEqualTo(user.id());
	}

	private Visitor signedIn(User user) {
		return new Visitor(this.http.base()).signIn(user);
	}

	private boolean isIn(Visitor visitor) {
		return visitor.get("/account").statusCode() == 200;
	}

	private List<String> events(User user) {
		return this.jdbc.queryForList("select detail from audit_event where owner_id = ? and action = 'logout'",
				String.class, user.id());
	}

	private static List<String> others(String page) {
		return ID.matcher(page).results().map((found) -> found.group(1)).toList();
	}

}
