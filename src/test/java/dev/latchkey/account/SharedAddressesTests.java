package dev.latchkey.account;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Contract 1: addresses are compared in NFC and without regard to case; accounts from
 * before that share one stay, and neither can be made anew.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class SharedAddressesTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private SharedAddresses addresses;

	@Autowired
	private JdbcClient jdbc;

	private final String tail = UUID.randomUUID() + "@example.com";

	private String admin;

	@BeforeEach
	void makeToken() {
		this.admin = this.people.raw(this.people.superuser(), "*");
	}

	@AfterEach
	void leaveNothingShared() {
		this.jdbc.sql("delete from app_user where email like '%' || ?").param(this.tail).update();
		start();
	}

	@Test
	void anAddressIsKeptInNfcAndComparedBeyondAscii() {
		Answer made = make("J\u00d6RG-e\u0301-" + this.tail);
		assertThat(made.status()).as(made.body()).isEqualTo(201);
		assertThat(made.<String>json("email")).isEqualTo("J\u00d6RG-\u00e9-" + this.tail);
		String other = "jo\u0308rg-\u00c9-" + this.tail.toUpperCase(Locale.ROOT);
		assertThat(make(other).status()).isEqualTo(422);
		assertThat(login(other)).isEqualTo(201);
		assertThat(pageLogin(" " + other + " ")).isTrue();
		assertThat(login("j\u200b\u00f6rg-\u00e9-" + this.tail)).isEqualTo(422);
	}

	@Test
	void whoSharedAnAddressBeforeSignsInByTheExactForm(CapturedOutput output) {
		String composed = "\u00e9-" + this.tail;
		String decomposed = "e\u0301-" + this.tail;
		String hidden = "\u200be\u0301-" + this.tail;
		UUID one = before(composed);
		UUID two = before(decomposed);
		UUID three = before(hidden);
		start();
		start();
		assertThat(output.toString().lines().filter((line) -> line.contains(one.toString()))).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains("WARN", two.toString(), three.toString(), "e\\u{301}-",
					"\\u{e9}-", "\\u{200b}e"));
		assertThat(owner(composed)).isEqualTo(one.toString());
		assertThat(owner(decomposed)).isEqualTo(two.toString());
		assertThat(owner(hidden)).isEqualTo(three.toString());
		assertThat(login(composed.toUpperCase(Locale.ROOT))).isEqualTo(422);
		for (String again : new String[] { composed, decomposed, composed.toUpperCase(Locale.ROOT) }) {
			assertThat(make(again).<String>json("errors[0].field")).as(again).isEqualTo("email");
		}
	}

	@Test
	void whenOneOfTwoIsGoneTheOtherHasTheAddressAlone() {
		UUID one = before("\u00e9-" + this.tail);
		UUID two = before("e\u0301-" + this.tail);
		start();
		assertThat(this.http.delete("/api/users/" + two, this.admin).status()).isEqualTo(204);
		start();
		assertThat(owner("\u00c9-" + this.tail)).isEqualTo(one.toString());
		assertThatExceptionOfType(org.springframework.dao.DuplicateKeyException.class).isThrownBy(() -> this.jdbc
			.sql("""
					insert into app_user (id, email, name, password_hash, roles, enabled, created_at, email_key)
					select ?, 'x' || email, name, password_hash, roles, enabled, created_at, email_key from app_user where id = ?
					""")
			.params(UUID.randomUUID(), one)
			.update());
	}

	@Test
	void anAddressThatIsChangedByHandLosesItsKey() {
		UUID one = before("by-hand-" + this.tail);
		start();
		this.jdbc.sql("update app_user set email = ? where id = ?").params("By-Hand-2-" + this.tail, one).update();
		assertThat(owner("by-hand-2-" + this.tail)).isEqualTo(one.toString());
		assertThat(login("by-hand-" + this.tail)).isEqualTo(422);
		start();
		assertThat(owner("by-hand-2-" + this.tail)).isEqualTo(one.toString());
	}

	/** An account from before may have the letter that many locales make an i of. */
	@Test
	void theDatabasesNotionOfCaseKeepsNoAddressFromBeingGiven() {
		UUID one = before("\u0130x-" + this.tail);
		start();
		Answer made = make("ix-" + this.tail);
		assertThat(made.status()).as(made.body()).isEqualTo(201);
		assertThat(login("ix-" + this.tail)).isEqualTo(201);
		this.jdbc.sql("update app_user set email = ? where id = ?").params("IX-" + this.tail, one).update();
		assertThat(make("Ix-" + this.tail).<String>json("errors[0].field")).isEqualTo("email");
	}

	/** What is one address is one account, also as machines write its domain. */
	@Test
	void aDomainAndItsFormForMachinesAreOneAddress() {
		String local = "idn-" + UUID.randomUUID();
		UUID one = before(local + "@xn--bcher-kva.example");
		this.jdbc.sql("update app_user set email_key = email where id = ?").param(one).update();
		assertThat(owner(local + "@xn--bcher-kva.example")).isEqualTo(one.toString());
		start();
		for (String domain : List.of("@b\u00fccher.example", "@xn--bcher-kva.example", "@B\u00dcCHER.example")) {
			assertThat(owner(local + domain)).isEqualTo(one.toString());
			assertThat(make(local + domain).<String>json("errors[0].field")).isEqualTo("email");
		}
	}

	/** As the version before made it, without a key. */
	private UUID before(String email) {
		UUID id = UUID.randomUUID();
		this.jdbc.sql("""
				insert into app_user (id, email, name, password_hash, roles, enabled, created_at)
				select ?, ?, name, password_hash, roles, enabled, created_at from app_user where id = ?
				""").params(id, email, this.people.user().id()).update();
		return id;
	}

	private void start() {
		this.addresses.run(new DefaultApplicationArguments());
	}

	private Answer make(String email) {
		return this.http.post("/api/users", this.admin,
				"{\"email\":\"%s\",\"name\":\"x\",\"password\":\"%s\"}".formatted(email, People.PASSWORD));
	}

	private int login(String email) {
		return loginBody(email).status();
	}

	private String owner(String email) {
		Answer answer = loginBody(email);
		assertThat(answer.status()).as(email + answer.body()).isEqualTo(201);
		return this.http.get("/api/user", answer.<String>json("token")).json("id");
	}

	private Answer loginBody(String email) {
		return this.http.post("/api/login",
				"{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"x\",\"scopes\":[\"user:read\"]}"
					.formatted(email, People.PASSWORD));
	}

	private boolean pageLogin(String email) {
		Visitor visitor = new Visitor(this.http.base());
		return visitor.signIn(email, People.PASSWORD).headers().firstValue("Location").orElse("").endsWith("/tokens");
	}

}
