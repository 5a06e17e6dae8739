package dev.latchkey.page;

import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Before somebody presses a button, the page says what comes of it, and what it takes.
 */
@OtherSettingsTest
class PlainWordsTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private User user;

	private Visitor visitor;

	@BeforeEach
	void signIn() {
		this.user = this.people.user();
		this.visitor = new Visitor(this.http.base()).signIn(this.people.superuser());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/account", "/admin/users/new", "/admin/users/{}" })
	void whereAPasswordIsSetItsLengthIsSaidAtTheField(String page) {
		assertThat(page(page)).containsOnlyOnce("At least 17 characters")
			.containsPattern("<input id=\"password\"[^>]*\\saria-describedby=\"password-help\"")
			.containsPattern("<small id=\"password-help\">At least 17");
	}

	@Test
	void itIsSaidBesideWhatIsWrongToo() {
		page("/admin/users/{}");
		assertThat(this.visitor.post("/admin/users/" + this.user.id(), "password", "short").body())
			.contains("must have at least 17 characters", "At least 17 characters")
			.containsPattern("aria-describedby=\"password-fault password-help\"");
	}

	@ParameterizedTest
	@EnumSource
	void eachRoleIsExplainedWhereItIsGiven(Role role) {
		for (String page : List.of("/admin/users/new", "/admin/users/{}")) {
			assertThat(page(page))
				.containsPattern("aria-describedby=\"about-%1$s\"[^§]*<small id=\"about-%1$s\">[A-Z][^<]+\\.</small>"
					.formatted(role));
		}
	}

	@Test
	void whatCannotBeTakenBackIsTheLoudButton() {
		assertThat(page("/admin/users/{}")).containsPattern("class=\"danger\"[^>]*>Delete<")
			.containsPattern("class=\"danger outline\"[^>]*>Disable<");
		assertThat(page("/admin/users/{}/delete")).containsPattern("class=\"danger\"[^>]*>Delete the account<");
		assertThat(page("/admin/users/{}/disable"))
			.containsPattern("class=\"danger outline\"[^>]*>Disable the account<");
	}

	@Test
	void whatARotationDoesToTheOldTokenIsSaid() {
		Visitor owner = new Visitor(this.http.base()).signIn(this.user);
		String id = this.people.token(this.user, "user:read").details().id().toString();
		assertThat(owner.get("/tokens/" + id + "/rotate").body()).contains("What becomes of the old token",
				">The old token stops at once<", ">It keeps working for 1 hour<");
	}

	@Test
	void daysByWhichIsSoughtAreSaidToBeOfUtc() {
		assertThat(page("/audit")).contains(">From (UTC)<", ">To (UTC)<");
		assertThat(page("/admin/tokens")).contains(">Unused since (UTC)<", ">Ends before (UTC)<");
	}

	@Test
	void whatAServicesAddressIsForIsSaidWithAnExample() {
		assertThat(page("/admin/resources/edit")).contains("aria-describedby=\"address-help address-fault\"")
			.containsPattern("<small id=\"address-help\">[^<]+<code>https://parcels.example.com</code>");
	}

	private String page(String path) {
		return this.visitor.get(path.replace("{}", this.user.id().toString())).body();
	}

}
