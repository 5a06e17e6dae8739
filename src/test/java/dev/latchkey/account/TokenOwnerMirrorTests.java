package dev.latchkey.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.UserChanges;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What tokens know of their owners is what the accounts are, in whichever way an account
 * is changed and by whom.
 */
@LatchkeyTest
class TokenOwnerMirrorTests {

	@Autowired
	private UserService users;

	@Autowired
	private People people;

	@Autowired
	private JdbcClient jdbc;

	/** Others change what tokens know of an owner alone, to see that it is told. */
	private Set<UUID> unlikeBefore = Set.of();

	@BeforeEach
	void seeWhatIsUnlikeAlready() {
		this.unlikeBefore = unlike();
	}

	@Test
	void everyChangeOfAnAccountIsSeenInWhatTokensKnowOfIt() {
		Map<String, String> ways = new LinkedHashMap<>();
		this.people.superuser();
		User user = this.people.with(Role.USER);
		ways.put("made", seen(user.id()));
		change(user, UserChange.ofName("Another Name"));
		ways.put("renamed", seen(user.id()));
		change(user, UserChanges.ofRoles(Set.of(Role.ADMIN, Role.USER)));
		ways.put("promoted", seen(user.id()));
		change(user, UserChanges.ofRoles(Set.of(Role.GUEST)));
		ways.put("demoted", seen(user.id()));
		change(user, UserChanges.ofEnabled(false));
		ways.put("disabled", seen(user.id()));
		change(user, UserChanges.ofEnabled(true));
		ways.put("enabled", seen(user.id()));
		change(user, new UserChange("All At Once", Set.of(Role.USER), false, new RawPassword("a battery with a staple"),
				null));
		ways.put("changed in all", seen(user.id()));
		this.users.delete(Actor.SERVER, user.id());
		ways.put("deleted", seen(user.id()));
		assertThat(ways).containsExactly(Map.entry("made", "Some Body [USER] true"),
				Map.entry("renamed", "Another Name [USER] true"),
				Map.entry("promoted", "Another Name [USER ADMIN] true"),
				Map.entry("demoted", "Another Name [GUEST] true"), Map.entry("disabled", "Another Name [GUEST] false"),
				Map.entry("enabled", "Another Name [GUEST] true"),
				Map.entry("changed in all", "All At Once [USER] false"), Map.entry("deleted", "gone"));
	}

	@Test
	void everyChangeByHandIsSeenToo() {
		UUID id = UUID.randomUUID();
		UUID other = UUID.randomUUID();
		for (String statement : List.of("""
				insert into app_user (id, email, name, password_hash, roles, enabled, created_at)
				values (:id, :id || '@example.com', 'By Hand', 'none', 'USER', true, now())
				""", "update app_user set email = 'x-' || email where id = :id",
				"update app_user set name = 'x' where id = :id", "update app_user set roles = 'GUEST' where id = :id",
				"update app_user set enabled = not enabled where id = :id",
				"insert into app_user select (jsonb_populate_record(u, jsonb_build_object('enabled', true))).* from app_user u"
						+ " where id = :id on conflict (id) do update set enabled = excluded.enabled",
				"update app_user set id = '" + other + "' where id = :id",
				"delete from app_user where id = '" + other + "'")) {
			assertThat(this.jdbc.sql(statement).param("id", id).update()).as(statement).isOne();
			requireAlike(statement);
		}
	}

	@Test
	void whatHasTokensKeepsItsIdAndTakesThemAlongWhenItGoes() {
		User user = this.people.user();
		UUID token = this.people.token(user, "user:read").details().id();
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.jdbc.sql("update app_user set id = gen_random_uuid() where id = ?")
				.param(user.id())
				.update());
		requireAlike("a change that failed");
		this.jdbc.sql("delete from app_user where id = ?").param(user.id()).update();
		assertThat(
				this.jdbc.sql("select count(*) from api_token where id = ?").param(token).query(Integer.class).single())
			.isZero();
	}

	private void change(User user, UserChange change) {
		assertThat(this.users.change(Actor.SERVER, user.id(), change)).isPresent();
	}

	private String seen(UUID id) {
		requireAlike("account " + id);
		return this.jdbc.sql("select name || ' [' || roles || '] ' || enabled from token_owner where id = ?")
			.param(id)
			.query(String.class)
			.optional()
			.orElse("gone");
	}

	private void requireAlike(String change) {
		assertThat(unlike()).as(change).isEqualTo(this.unlikeBefore);
	}

	private Set<UUID> unlike() {
		return this.jdbc
			.sql("""
					select coalesce(u.id, o.id) from app_user u full join token_owner o on o.id = u.id
					where (u.id, u.email, u.name, u.roles, u.enabled) is distinct from (o.id, o.username, o.name, o.roles, o.enabled)
					""")
			.query(UUID.class)
			.set();
	}

}
