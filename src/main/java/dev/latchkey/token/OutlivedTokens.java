package dev.latchkey.token;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Marks tokens that are outlived by what was made with them. They are not pruned, so that
 * what they made is found when they are reported as leaked.
 */
@Service
public class OutlivedTokens {

	private static final String LOCK = """
			with owner as materialized (select owner_id from api_token where id = :id),
			held as materialized (select hold_account(owner_id) from owner)
			select t.id from held, api_token t where t.id = :id for no key update of t
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	OutlivedTokens(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Marks a token, which cannot be revoked until this transaction ends. Its account is
	 * held first, as by everybody, and the time is taken only then: while this waited,
	 * somebody may have revoked the token.
	 * @throws TokenNotActiveException if it was revoked or suspended since the request
	 * began
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void mark(UUID tokenId) {
		boolean held = this.jdbc.sql(LOCK).param("id", tokenId).query(UUID.class).optional().isPresent();
		int marked = this.jdbc
			.sql("update api_token set outlived = true where id = ? and suspended_at is null"
					+ " and (revoked_at is null or (revoked_at > rotated_at and revoked_at > ?))")
			.params(tokenId, Timestamp.from(this.clock.instant()))
			.update();
		if (!held || marked == 0) {
			throw new TokenNotActiveException(TokenState.REVOKED);
		}
	}

}
