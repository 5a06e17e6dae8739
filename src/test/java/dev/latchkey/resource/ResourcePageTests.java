package dev.latchkey.resource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class ResourcePageTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private ResourceRegistry known;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	private final String name = "r" + UUID.randomUUID();

	private Visitor visitor;

	@BeforeEach
	void signIn() {
		this.visitor = new Visitor(this.http.base()).signIn(this.people.admin());
		this.visitor.get("/admin/resources/edit");
	}

	@AfterEach
	void forget() {
		this.jdbc.update("delete from protected_resource");
	}

	@Test
	void anAdministratorAddsChangesAndRemovesAService() {
		assertThat(Forms.location(save(
				"%s:read USER See <it>\n\n%s:old ADMIN [2020-01-01T00:00:00Z] Old".formatted(this.name, this.name))))
			.endsWith("/admin/resources");
		assertThat(this.visitor.get("/admin/resources").body())
			.contains(this.name + ":read", "retired <time", ">1 Jan 2020")
			.doesNotContain("<it>");
		String form = this.visitor.get("/admin/resources/edit?name=" + this.name).body();
		assertThat(form).contains(this.name + ":read USER See &lt;it&gt;",
				this.name + ":old ADMIN [2020-01-01T00:00:00Z] Old");
		change(this.name + ":read ADMIN See it");
		assertThat(this.known.find(this.name).orElseThrow().scopes()).singleElement()
			.satisfies((scope) -> assertThat(scope.role()).isEqualTo(Role.ADMIN));
		this.visitor.get("/admin/resources/%s/remove".formatted(this.name));
		this.visitor.post("/admin/resources/%s/remove".formatted(this.name));
		assertThat(this.known.find(this.name)).isEmpty();
	}

	@Test
	void whatIsRefusedStandsBesideItsFieldAndIsKept() {
		HttpResponse<String> refused = save("tokens:burn USER x\n%s:read BOSS x".formatted(this.name));
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("scopes[1].role must be USER", "tokens:burn USER x");
		save(this.name + ":read USER See it");
		this.people.token(this.people.user(), this.name + ":read");
		HttpResponse<String> held = change("");
		assertThat(held.statusCode()).isEqualTo(409);
		assertThat(held.body()).contains("Living tokens hold " + this.name + ":read");
		assertThat(this.visitor.post("/admin/resources/%s/remove".formatted(this.name)).statusCode()).isEqualTo(409);
	}

	@Test
	void aNameThatExistsIsNotTakenByAnotherService() {
		save(this.name + ":read USER See it");
		HttpResponse<String> again = save(this.name + ":write USER Change it");
		assertThat(again.statusCode()).isEqualTo(409);
		assertThat(again.body()).contains("There is a service of this name", this.name + ":write USER Change it",
				"href=\"/admin/resources/edit?name=%s\"".formatted(this.name));
		assertThat(this.known.byName()).containsKey(this.name + ":read").doesNotContainKey(this.name + ":write");
		HttpResponse<String> renamed = this.visitor.post("/admin/resources/edit", "name", this.name + "x", "address",
				"https://other.example.com", "scopes", "", "changed", this.name);
		assertThat(renamed.statusCode()).isEqualTo(422);
		assertThat(renamed.body()).contains("Name stays as it is");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[beta] See it", "[2027-01-31T12:00:00Z] as a name", "[] empty", "[1", "[12] See" })
	void aDescriptionMayBeginWithABracket(String description) {
		this.http.put("/api/resources/" + this.name, this.people.raw(this.people.admin(), "resources:write"), """
				{"address":"https://%s.example.com","scopes":[{"name":"%s:read","description":"%s","role":"USER"}]}"""
			.formatted(this.name, this.name, description));
		String form = this.visitor.get("/admin/resources/edit?name=" + this.name).body();
		Matcher scopes = Pattern.compile("<textarea[^>]*>([^<]*)<").matcher(form);
		assertThat(scopes.find()).isTrue();
		assertThat(Forms.location(change(scopes.group(1)))).endsWith("/admin/resources");
		assertThat(this.known.find(this.name).orElseThrow().scopes()).singleElement().satisfies((scope) -> {
			assertThat(scope.description()).isEqualTo(description);
			assertThat(scope.retiredAt()).isNull();
		});
	}

	@Test
	void aMomentThatCannotBeReadIsNoDescription() {
		HttpResponse<String> refused = save(this.name + ":read USER [2027-13-31] See it");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("scopes[0].retired_at");
	}

	@Test
	void othersSeeNothingAndAnOldSignInIsAskedAgain() {
		User user = this.people.user();
		assertThat(new Visitor(this.http.base()).signIn(user).get("/admin/resources").statusCode()).isEqualTo(403);
		this.clock.advance(Duration.ofHours(1));
		assertThat(Forms.location(save(""))).endsWith("/login");
	}

	@Test
	void thePageForTokensOffersItsScopesUnderItsName() {
		save(this.name + ":read USER See your parcels\n" + this.name + ":all ADMIN See all parcels");
		String page = new Visitor(this.http.base()).signIn(this.people.user()).get("/tokens/new").body();
		assertThat(page).contains(this.name + ":read", "See your parcels").doesNotContain(this.name + ":all");
	}

	@Test
	void whoSignsInRegistersAClientForThemAsFarAsTheRolesAllow() {
		save(this.name + ":read USER See your parcels\n" + this.name + ":all SUPERUSER See all parcels");
		this.visitor.get("/admin/clients/new");
		assertThat(register(this.name + ":read").statusCode()).isEqualTo(200);
		assertThat(register(this.name + ":all").statusCode()).isEqualTo(422);
	}

	private HttpResponse<String> register(String scope) {
		return this.visitor.post("/admin/clients", "name", "App", "scopes", scope, "grantTypes", "client_credentials",
				"confidential", "true");
	}

	private HttpResponse<String> change(String scopes) {
		return this.visitor.post("/admin/resources/edit", "name", this.name, "address",
				"https://%s.example.com".formatted(this.name), "scopes", scopes, "changed", this.name);
	}

	private HttpResponse<String> save(String scopes) {
		return this.visitor.post("/admin/resources/edit", "name", this.name, "address",
				"https://%s.example.com".formatted(this.name), "scopes", scopes);
	}

}
