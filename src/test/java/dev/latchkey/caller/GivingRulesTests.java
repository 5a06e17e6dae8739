package dev.latchkey.caller;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import dev.latchkey.scope.Role;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class GivingRulesTests {

	private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

	private static final User USER = new User(UUID.randomUUID(), "u@example.com", "U", Set.of(Role.USER), true, NOW);

	private final GivingRules rules = new GivingRules(Clock.fixed(NOW, ZoneOffset.UTC),
			new GivingProperties(Duration.ofMinutes(5)));

	/** Every rule of which the server itself makes use. */
	private final Map<String, Consumer<Actor>> ofTheServerToo = Map.of("recent", this.rules::requireRecent, "roles",
			(by) -> this.rules.requireMayGive(by, Set.of(Role.SUPERUSER), Set.of()), "enabling",
			this.rules::requireMayEnable, "password", (by) -> this.rules.requireMaySetPassword(by, USER), "account",
			(by) -> this.rules.requireMayChange(by, USER));

	/** Every other rule: to these, the server is as unknown as anybody. */
	private final Map<String, Consumer<Actor>> ofCallersAlone = Map.of("client", this.rules::requireMayRegister,
			"acting for", (by) -> this.rules.mayActFor(by, USER), "limit", (by) -> this.rules.limit(by, USER),
			"acting on", (by) -> this.rules.requireMayActOn(by, USER, Role.USER), "secret",
			(by) -> this.rules.requireMayReplaceSecret(by, USER, Role.USER, Set.of()), "scopes",
			(by) -> this.rules.beyond(by, Set.of("user:read")));

	@Test
	void whoIsNoCallerGivesNothing() {
		for (Actor unknown : Set.of(Actor.GUEST, Actor.GUEST.from("192.0.2.1"), Actor.account(USER.id()),
				Actor.client(UUID.randomUUID()), Actor.account(USER.id()).with(Credential.token(UUID.randomUUID())))) {
			this.ofTheServerToo.forEach((what, rule) -> refuses(what, rule, unknown));
			this.ofCallersAlone.forEach((what, rule) -> refuses(what, rule, unknown));
		}
	}

	@Test
	void theServerMakesAccountsAndNoClients() {
		this.ofTheServerToo
			.forEach((what, rule) -> assertThatNoException().as(what).isThrownBy(() -> rule.accept(Actor.SERVER)));
		this.ofCallersAlone.forEach((what, rule) -> refuses(what, rule, Actor.SERVER));
	}

	/** Another account, or another credential, is not what the caller has shown. */
	@Test
	void whoActsForAnotherOrWithAnotherHasNoRightsOfTheCallers() {
		Actor superuser = new Caller(
				new User(UUID.randomUUID(), "s@example.com", "S", Set.of(Role.SUPERUSER), true, NOW),
				Set.of("user:read"), null, NOW, "a-session")
			.actor()
			.from("192.0.2.1");
		this.ofTheServerToo
			.forEach((what, rule) -> assertThatNoException().as(what).isThrownBy(() -> rule.accept(superuser)));
		this.ofTheServerToo.forEach((what, rule) -> refuses(what, rule, superuser.as(USER.id(), null)));
		this.ofTheServerToo
			.forEach((what, rule) -> refuses(what, rule, superuser.with(Credential.token(UUID.randomUUID()))));
	}

	private static void refuses(String what, Consumer<Actor> rule, Actor by) {
		assertThatExceptionOfType(GivingDeniedException.class).as(what).isThrownBy(() -> rule.accept(by));
	}

}
