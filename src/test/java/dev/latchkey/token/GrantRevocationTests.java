package dev.latchkey.token;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A grant that was refreshed many times is ended by one of its tokens: each of them finds
 * all others, so that starting from every one would find each of them as often.
 */
@LatchkeyTest
class GrantRevocationTests {

	private static final int REFRESHED = 30;

	@Autowired
	private People people;

	@Autowired
	private TokenRevocation revocation;

	@Autowired
	private RevocationStatements statements;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private TransactionTemplate transactions;

	@Test
	void oneTokenStandsForAGrantAndTakesAllAlong() {
		User owner = this.people.user();
		UUID family = UUID.randomUUID();
		List<UUID> members = new ArrayList<>();
		for (int i = 0; i < REFRESHED; i++) {
			UUID member = this.people.token(owner, "user:read").details().id();
			UUID child = this.people.token(owner, "user:read").details().id();
			this.jdbc.update("update api_token set family_id = ?, kind = 'o' where id = ?", family, member);
			this.jdbc.update("update api_token set parent_id = ? where id = ?", member, child);
			members.add(member);
		}
		UUID other = this.people.token(owner, "user:read").details().id();
		assertThat(this.statements.findGrant(family)).hasSize(1).isSubsetOf(members);
		this.transactions.executeWithoutResult(
				(transaction) -> this.revocation.revokeGrant(Actor.SERVER, family, RevocationCause.REUSE));
		assertThat(living(owner)).containsExactly(other);
	}

	private List<UUID> living(User owner) {
		return this.jdbc.queryForList("select id from api_token where owner_id = ? and revoked_at is null", UUID.class,
				owner.id());
	}

}
