package dev.latchkey.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.User;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Looks at accounts for whoever changes none, without entities: commands do without
 * Hibernate then.
 */
@Service
public class AccountLookup {

	private final JdbcClient jdbc;

	private final RoleSetConverter roles = new RoleSetConverter();

	AccountLookup(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Finds an account by its address, as {@link UserService#findByEmail} does.
	 */
	public Optional<User> findByEmail(String email) {
		return AccountAddresses.find(email,
				(key, exact) -> this.jdbc.sql(AppUserRepository.BY_ADDRESS)
					.param("key", key)
					.param("email", exact)
					.query((row, number) -> read(row))
					.list(),
				User::email);
	}

	/**
	 * Returns whether somebody who may act administers the server.
	 */
	public boolean isAdministered() {
		return this.jdbc.sql(AppUserRepository.IS_ADMINISTERED).query(Boolean.class).single();
	}

	private User read(ResultSet row) throws SQLException {
		return new User(row.getObject("id", UUID.class), row.getString("email"), row.getString("name"),
				this.roles.convertToEntityAttribute(row.getString("roles")), row.getBoolean("enabled"),
				row.getObject("created_at", OffsetDateTime.class).toInstant());
	}

}
