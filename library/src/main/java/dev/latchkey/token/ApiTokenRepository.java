package dev.latchkey.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds and keeps tokens by SQL, in the place of the server's repository of the same
 * name: an application that embeds this may have a persistence unit, which knows nothing
 * of tokens. Only a token that was locked is saved.
 */
@Component
class ApiTokenRepository {

	/** What may change in the life of a token; the rest stays, or others write it. */
	private static final String SAVE = """
			update api_token set name = :name, description = :description, scopes = :scopes, allowed_ips = :allowedIps,
			    family_id = :familyId, rotated_at = :rotatedAt, revoked_at = :revokedAt, suspended_at = :suspendedAt
			where id = :id
			""";

	private static final List<String> WRITTEN = List.of("id", "name", "description", "scopes", "allowedIps", "familyId",
			"rotatedAt", "revokedAt", "suspendedAt");

	private final JdbcClient jdbc;

	ApiTokenRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void save(ApiToken token) {
		DirectFieldAccessor fields = new DirectFieldAccessor(token);
		JdbcClient.StatementSpec statement = this.jdbc.sql(SAVE);
		for (String field : WRITTEN) {
			statement.param(field, written(fields.getPropertyType(field), fields.getPropertyValue(field)));
		}
		statement.update();
	}

	Optional<ApiToken> findByIdAndOwnerId(UUID id, UUID ownerId) {
		return this.jdbc.sql("select * from api_token where id = :id and owner_id = :ownerId")
			.param("id", id)
			.param("ownerId", ownerId)
			.query(ApiTokenRepository::read)
			.optional();
	}

	List<ApiToken> findByIdInAndOwnerId(Collection<UUID> ids, UUID ownerId) {
		return this.jdbc.sql("select * from api_token where id = any(:ids) and owner_id = :ownerId")
			.param("ids", ids.toArray(UUID[]::new))
			.param("ownerId", ownerId)
			.query(ApiTokenRepository::read)
			.list();
	}

	Optional<ApiToken> findByDigestIn(Collection<byte[]> digests) {
		return this.jdbc.sql("select * from api_token where digest in (:digests)")
			.param("digests", digests)
			.query(ApiTokenRepository::read)
			.optional();
	}

	Optional<UUID> findOwner(UUID id) {
		return this.jdbc.sql(TokenSelects.FIND_OWNER).param("id", id).query(UUID.class).optional();
	}

	Optional<ApiToken> findSuccessor(UUID id, UUID ownerId) {
		return find(TokenSelects.FIND_SUCCESSOR, id, ownerId);
	}

	Optional<ApiToken> findPredecessor(UUID id, UUID ownerId) {
		return find(TokenSelects.FIND_PREDECESSOR, id, ownerId);
	}

	Optional<ApiToken> lock(UUID id, UUID ownerId) {
		return find(TokenSelects.LOCK, id, ownerId);
	}

	List<ApiToken> lockGrant(UUID familyId) {
		return this.jdbc.sql(TokenSelects.LOCK_GRANT)
			.param("familyId", familyId)
			.query(ApiTokenRepository::read)
			.list();
	}

	List<ApiToken> lockMadeWith(UUID id, Instant now) {
		return this.jdbc.sql(TokenSelects.LOCK_MADE_WITH)
			.param("id", id)
			.param("now", Timestamp.from(now))
			.query(ApiTokenRepository::read)
			.list();
	}

	List<ApiToken> lockWithParents(UUID id, UUID ownerId, @Nullable UUID by) {
		return this.jdbc.sql(TokenSelects.LOCK_WITH_PARENTS)
			.param("id", id)
			.param("ownerId", ownerId)
			.param("by", new SqlParameterValue(Types.OTHER, by))
			.query(ApiTokenRepository::read)
			.list();
	}

	private Optional<ApiToken> find(String sql, UUID id, UUID ownerId) {
		return this.jdbc.sql(sql).param("id", id).param("ownerId", ownerId).query(ApiTokenRepository::read).optional();
	}

	private static ApiToken read(ResultSet row, int number) throws SQLException {
		return ApiToken.read(row);
	}

	private static SqlParameterValue written(@Nullable Class<?> type, @Nullable Object value) {
		if (type == Instant.class) {
			OffsetDateTime time = (value instanceof Instant instant) ? instant.atOffset(ZoneOffset.UTC) : null;
			return new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, time);
		}
		if (type == UUID.class) {
			return new SqlParameterValue(Types.OTHER, value);
		}
		return new SqlParameterValue(Types.VARCHAR, (value != null) ? value.toString() : null);
	}

}
