package dev.latchkey.page;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values that no form of ours sends are faults of the form, never of the server.
 */
@LatchkeyTest
class OddFormValuesTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@ParameterizedTest
	@ValueSource(strings = { "-1", "169", "2147483647", "99999999999", "soon" })
	void aGracePeriodThatIsNotOfferedRotatesNothing(String grace) {
		User user = this.people.user();
		IssuedToken token = this.people.token(user, "user:read");
		Visitor visitor = signedIn(user);
		String path = "/tokens/" + token.details().id() + "/rotate";
		visitor.get(path);
		HttpResponse<String> again = visitor.post(path, "grace", grace);
		assertThat(again.statusCode()).isEqualTo(422);
		assertThat(again.body()).contains("id=\"grace_period-fault\"", "Rotate token");
		assertThat(visitor.get("/tokens").body()).doesNotContain("Replaced");
	}

	/** Contract 2: whoever rotates at the page is shown the end and may change it. */
	@Test
	void theEndOfASuccessorIsShownAndCanBeChosen() {
		this.clock.stop();
		User user = this.people.user();
		Visitor visitor = signedIn(user);
		for (String choice : List.of("same", "7", "date")) {
			IssuedToken token = this.people.token(user, "user:read");
			String path = "/tokens/" + token.details().id() + "/rotate";
			String page = visitor.get(path).body();
			assertThat(page).contains("<label for=\"expiration\">Expiration</label>",
					"value=\"same\" selected=\"selected\">The same again: 90 days, until ", "id=\"same-end\"",
					"datetime=\"" + token.details().terms().expiresAt() + "\"");
			LocalDate day = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC).plusDays(20);
			assertThat(visitor.post(path, "grace", "0", "expiration", choice, "until", day.toString()).statusCode())
				.isEqualTo(200);
			Instant end = this.jdbc
				.queryForObject("select expires_at from api_token where predecessor_id = ?", Timestamp.class,
						token.details().id())
				.toInstant();
			assertThat(end).isEqualTo(switch (choice) {
				case "same" -> token.details().terms().expiresAt();
				case "7" -> this.clock.instant().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.MICROS);
				default -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "date,", "date,soon", "date,9999-12-31", "date,2001-01-01", "never,", "5,", "36500,", "nonsense," })
	void anEndThatIsNotAcceptableRotatesNothingAndKeepsWhatWasTyped(String expiration, String until) {
		User user = this.people.user();
		IssuedToken token = this.people.token(user, "user:read");
		Visitor visitor = signedIn(user);
		String path = "/tokens/" + token.details().id() + "/rotate";
		visitor.get(path);
		String typed = (until != null) ? until : "";
		HttpResponse<String> again = visitor.post(path, "grace", "24", "expiration", expiration, "until", typed);
		assertThat(again.statusCode()).isEqualTo(422);
		assertThat(again.body()).contains("id=\"expiration-fault\"", "value=\"24\" selected=\"selected\"",
				"type=\"date\" value=\"" + typed + "\"");
		if (expiration.equals("date")) {
			assertThat(again.body()).contains("value=\"date\" selected=\"selected\"");
		}
		assertThat(visitor.get("/tokens").body()).doesNotContain("Replaced");
	}

	@Test
	void aTokenInItsGracePeriodIsMarkedAsReplaced() {
		this.clock.stop();
		User user = this.people.user();
		IssuedToken token = this.people.token(user, "user:read");
		Visitor visitor = signedIn(user);
		String path = "/tokens/" + token.details().id();
		visitor.get(path + "/rotate");
		visitor.post(path + "/rotate", "grace", "1");
		assertThat(visitor.get("/tokens").body()).contains("Replaced").doesNotContain("Rotate it before");
		assertThat(visitor.get(path).body()).contains("It ends in 1 hour: use its successor.",
				"<dt>Ends after its rotation</dt>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "from=+300000-01-01", "from=-300000-01-01", "to=+999999999-12-31", "to=-999999999-01-01",
			"to=2026-02-30" })
	void aDayFarOutsideTheCalendarIsNoDayOfTheAudit(String query) {
		Visitor admin = signedIn(this.people.admin());
		String encoded = query.replace("+", URLEncoder.encode("+", StandardCharsets.UTF_8));
		HttpResponse<String> page = admin.get("/audit?" + encoded);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("This is not a date");
	}

	@ParameterizedTest
	@ValueSource(strings = { "+999999999-12-31", "-999999999-01-01", "+10000-01-01", "9999-12-31", "" })
	void aDayFarOutsideTheCalendarIsNoLastDayOfAToken(String until) {
		Visitor visitor = signedIn(this.people.user());
		visitor.get("/tokens/new");
		HttpResponse<String> again = visitor.post("/tokens/new", "form", visitor.form(), "name", "x", "scopes",
				"user:read", "expiration", "date", "until", until);
		assertThat(again.statusCode()).isEqualTo(422);
		assertThat(again.body()).contains("id=\"expiration-fault\"");
	}

	private Visitor signedIn(User user) {
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		return visitor;
	}

}
