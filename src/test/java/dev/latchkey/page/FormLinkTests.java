package dev.latchkey.page;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.TokenFilter;
import dev.latchkey.token.TokenQueries;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A link fills in the form for a new token, and gives nothing by itself.
 */
@LatchkeyTest
class FormLinkTests {

	private static final String ASKED = "A link has filled in this form";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TokenQueries tokens;

	private User user;

	private Visitor visitor;

	@BeforeEach
	void signIn() {
		this.user = this.people.user();
		this.visitor = new Visitor(this.http.base()).signIn(this.user);
	}

	@Test
	void theLinkOfARefusalOpensTheFormWithWhatIsMissing() {
		String weak = this.people.raw(this.user, TokenRequest.of("user:read").named("Secret project"));
		Answer refused = this.http.post("/api/notes", weak, "{}");
		assertThat(refused.code()).isEqualTo("insufficient_scope");
		String link = refused.json("request_token_url");
		assertThat(link).isEqualTo("/tokens/new?name=For%20notes:write&scopes=notes:write&expires_in_days=90");
		String page = this.visitor.get(link).body();
		assertThat(page).contains(ASKED, "value=\"For notes:write\"", "value=\"90\" selected=\"selected\"");
		assertTicked(page, "notes:write");
		assertNotTicked(page, "user:read");
		assertThat(this.tokens.list(this.user.id(), TokenFilter.ALL, 0, 10).total()).isEqualTo(1);
		assertThat(this.visitor
			.post("/tokens/new", "form", this.visitor.form(), "name", "For notes:write", "expiration", "90", "scopes",
					"notes:write")
			.body()).contains("Your new token");
	}

	@Test
	void aGuestFindsTheFormFilledInAfterSigningIn() {
		Visitor guest = new Visitor(this.http.base());
		String link = "/tokens/new?name=Deploy+script&scopes=notes:read,user:read&expires_in_days=14";
		assertThat(guest.get(link).headers().firstValue("Location")).hasValue("/login");
		HttpResponse<String> back = guest.signIn(this.user.email(), People.PASSWORD);
		String page = guest.get(back.headers().firstValue("Location").orElseThrow()).body();
		assertThat(page).contains(ASKED, "value=\"Deploy script\"",
				"value=\"14\" selected=\"selected\">14 days, until ");
		assertTicked(page, "notes:read");
		assertTicked(page, "user:read");
	}

	@ParameterizedTest
	@ValueSource(strings = { "scopes=notes:read&scopes=user:read", "scopes=notes:read,user:read",
			"scopes=notes:read%20user:read", "scopes=,notes:read,,user:read,notes:read" })
	void severalScopesAreReadHoweverTheyAreWritten(String query) {
		String page = this.visitor.get("/tokens/new?" + query).body();
		assertTicked(page, "notes:read");
		assertTicked(page, "user:read");
		assertThat(page).doesNotContain("is not ticked");
	}

	@Test
	void whatIsForAdministratorsOrStandsForManyIsNeverTicked() {
		Visitor admin = new Visitor(this.http.base()).signIn(this.people.superuser());
		String page = admin.get("/tokens/new?scopes=users:write,notes:*,*,notes:read").body();
		assertTicked(page, "notes:read");
		assertNotTicked(page, "users:write");
		assertNotTicked(page, "notes:write");
		assertThat(page).contains("<code>users:write</code>", "only administrators have it", "<code>notes:*</code>",
				"<code>*</code>", "it stands for many scopes");
		assertThat(this.visitor.get("/tokens/new?scopes=users:write").body()).contains("<code>users:write</code>",
				"your role does not allow it");
	}

	@Test
	void aScopeThatThereIsNotIsNamedAndASentenceIsNotRepeated() {
		String page = this.visitor.get("/tokens/new?scopes=parcels:read").body();
		assertThat(page).contains("<code>parcels:read</code>", "there is no such scope here");
		for (String other : new String[] { "Send-It-To-Me", "<script>alert(1)</script>", "x".repeat(101) }) {
			page = this.visitor.get("/tokens/new?scopes=" + encode(other)).body();
			assertThat(page).contains("The link asks for something that is not a scope.")
				.doesNotContain(other, "alert(1)");
		}
	}

	@Test
	void manyScopesAreCutOff() {
		StringBuilder query = new StringBuilder("/tokens/new?scopes=s0");
		for (int i = 1; i <= 60; i++) {
			query.append(",s").append(i);
		}
		assertThat(this.visitor.get(query.toString()).body()).contains("more than 50 scopes", "<code>s49</code>")
			.doesNotContain("<code>s50</code>");
	}

	@Test
	void markupInALinkIsText() {
		String page = this.visitor.get("/tokens/new?name=" + encode("\"><script>alert(1)</script>")).body();
		assertThat(page).contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"")
			.doesNotContain("<script>alert(1)");
	}

	@Test
	void aNameThatIsNoneIsLeftOut() {
		for (String name : new String[] { "x".repeat(101), "a\u202Eb", "a\u0007b" }) {
			assertThat(this.visitor.get("/tokens/new?name=" + encode(name)).body())
				.contains("The name in the link is not a name that a token can have.")
				.doesNotContain("x".repeat(101), "\u202E");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "expires_in_days=0", "expires_in_days=-1", "expires_in_days=367", "expires_in_days=07",
			"expires_in_days=99999999999999999999", "expires_in_days=x", "expiration=never", "expiration=366000" })
	void aLifeThatNobodyCouldChooseIsNotChosen(String query) {
		assertThat(this.visitor.get("/tokens/new?" + query).body()).contains(
				"The expiration that the link asks for is not offered here.", "value=\"90\" selected=\"selected\"");
	}

	@Test
	void whoComesWithoutALinkIsToldNothing() {
		assertThat(this.visitor.get("/tokens/new").body()).doesNotContain(ASKED);
		assertThat(this.visitor.get("/tokens/new?utm_source=x").body()).doesNotContain(ASKED);
	}

	private static void assertTicked(String page, String scope) {
		assertThat(page).containsPattern("id=\"scope-%s\"[^>]*checked".formatted(scope));
	}

	private static void assertNotTicked(String page, String scope) {
		assertThat(page).doesNotContainPattern("id=\"scope-%s\"[^>]*checked".formatted(scope));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
