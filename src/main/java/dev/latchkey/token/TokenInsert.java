package dev.latchkey.token;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.stereotype.Component;

/**
 * Writes new tokens. By SQL and not as entities, which are for what changes: making
 * tokens is what scripts do by the thousand.
 */
@Component
class TokenInsert {

	private static final String INSERT = """
			insert into api_token (id, owner_id, family_id, predecessor_id, parent_id, created_at, family_began_at, expires_at,
			    not_before, rate_limit, digest, kind, hint, name, scopes, allowed_ips, client_id, max_role, rotates_itself)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			""";

	private final JdbcTemplate jdbc;

	private final TokenProperties properties;

	TokenInsert(JdbcTemplate jdbc, TokenProperties properties) {
		this.jdbc = jdbc;
		this.properties = properties;
	}

	/**
	 * Writes a token and returns it as its owner sees it.
	 * @param lineage where it comes from, or null for a token of its own
	 */
	TokenDetails insert(TokenGrant grant, @Nullable Lineage lineage, RawToken raw, Instant now) {
		// Ids rise with time, so that the index grows at one end.
		UUID id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
		this.jdbc.update(INSERT, id, grant.ownerId(), (lineage != null) ? lineage.familyId() : null,
				(lineage != null) ? lineage.predecessorId() : null, grant.parentId(), time(now),
				time((lineage != null) ? lineage.beganAt() : null), time(grant.expiresAt()), time(grant.notBefore()),
				grant.rateLimit(), TokenDigest.of(raw).bytes(), String.valueOf(grant.kind().letter()), raw.hint(),
				grant.name(), grant.scopes().toString(), grant.networks().toText(), grant.clientId(),
				(grant.maxRole() != null) ? grant.maxRole().name() : null, grant.rotatesItself());
		TokenTimes times = new TokenTimes(now, grant.notBefore(), grant.expiresAt(), null, null);
		return new TokenDetails(id, grant.ownerId(), grant.parentId(), grant.clientId(), grant.kind(), grant.name(),
				grant.scopes(), raw.hint(), grant.expiresAt(), grant.notBefore(), grant.networks(), grant.rateLimit(),
				now, null, null, false, times.stateAt(now, this.properties.idleLifetime()), null);
	}

	private static SqlParameterValue time(@Nullable Instant instant) {
		OffsetDateTime value = (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
		return new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, value);
	}

}
