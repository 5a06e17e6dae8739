package dev.latchkey.token;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.scope.Role;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the accounts that own tokens, as far as tokens need to know them: a row of their
 * own, which whoever has the accounts keeps as they are.
 * <p>
 * Whoever makes a token holds its account together with others, whoever ends tokens takes
 * it alone. The row is locked too, for whoever disables an account by hand and knows of
 * no other lock; where the account has a row elsewhere, that one is locked before.
 */
@Component
class TokenOwners {

	private final JdbcClient jdbc;

	TokenOwners(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<TokenOwner> find(UUID id) {
		return this.jdbc.sql("select enabled, roles from token_owner where id = :id")
			.param("id", id)
			.query((row, number) -> new TokenOwner(row.getBoolean("enabled"), Role.parse(row.getString("roles"))))
			.optional();
	}

	/** Returns the roles of accounts by their ids. */
	Map<UUID, Set<Role>> roles(Collection<UUID> ids) {
		Map<UUID, Set<Role>> roles = new HashMap<>();
		RowCallbackHandler rows = (row) -> roles.put(row.getObject("id", UUID.class),
				Role.parse(row.getString("roles")));
		this.jdbc.sql("select id, roles from token_owner where id = any(:ids)")
			.param("ids", ids.toArray(UUID[]::new))
			.query(rows);
		return roles;
	}

	/**
	 * Keeps an account from being disabled or demoted until the transaction ends. The row
	 * is read as it is after the wait, since a lock of a row reads it anew.
	 * @return whether it is enabled
	 */
	boolean lockForShare(UUID id) {
		return this.jdbc.sql("""
				with held as materialized (select hold_account(:id))
				select o.enabled from held, token_owner o where o.id = :id for share of o
				""").param("id", id).query(Boolean.class).optional().orElse(false);
	}

	/**
	 * Takes an account, and waits for everybody who holds it: for what ends tokens.
	 * @return whether it is enabled
	 */
	boolean lock(UUID id) {
		return this.jdbc.sql("""
				with held as materialized (select take_account(:id))
				select o.enabled from held, token_owner o where o.id = :id for no key update of o
				""").param("id", id).query(Boolean.class).optional().orElse(false);
	}

	/**
	 * What a token may do depends on this.
	 */
	record TokenOwner(boolean enabled, Set<Role> roles) {

	}

}
