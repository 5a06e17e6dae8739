package dev.latchkey.token;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import dev.latchkey.scope.Resources;
import dev.latchkey.value.OrderedIds;
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
			    not_before, rate_limit, digest, kind, hint, name, scopes, allowed_ips, client_id, max_role, rotates_itself,
			    description, resources, end_chosen)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			""";

	private final JdbcTemplate jdbc;

	private final DigestsAtRest digests;

	private final TokenFormat format;

	private final TokenQuota quota;

	private final TokenProperties properties;

	TokenInsert(JdbcTemplate jdbc, DigestsAtRest digests, TokenFormat format, TokenQuota quota,
			TokenProperties properties) {
		this.jdbc = jdbc;
		this.digests = digests;
		this.format = format;
		this.quota = quota;
		this.properties = properties;
	}

	/**
	 * Makes a token up, writes it and returns it.
	 * @param now the moment from which its life is counted
	 * @throws QuotaExceededException if its owner has as many as an account may have
	 */
	IssuedToken insert(TokenGrant grant, Instant now) {
		this.quota.requireRoom(grant.ownerId(), now);
		return insertInPlace(grant, now);
	}

	/**
	 * Likewise where its predecessor has just ended, so that there is none more.
	 */
	IssuedToken insertInPlace(TokenGrant grant, Instant now) {
		RawToken raw = this.format.generate(grant.kind());
		TokenTerms terms = grant.terms();
		Lineage lineage = grant.lineage();
		UUID id = OrderedIds.next(now);
		this.jdbc.update(INSERT, id, grant.ownerId(), lineage.familyId(), lineage.predecessorId(), lineage.parentId(),
				time(now), time(lineage.beganAt()), time(terms.expiresAt()), time(terms.notBefore()), terms.rateLimit(),
				this.digests.ofNew(raw), String.valueOf(grant.kind().letter()), raw.hint(), grant.name(),
				terms.scopes().toString(), terms.networks().toText(), grant.clientId(),
				(terms.maxRole() != null) ? terms.maxRole().name() : null, terms.rotatesItself(), grant.description(),
				written(terms.resources()), grant.endChosen());
		TokenTimes times = new TokenTimes(now, terms.notBefore(), terms.expiresAt(), null, null);
		return new IssuedToken(
				new TokenDetails(id, grant.ownerId(), grant.kind(), grant.name(), grant.description(), raw.hint(),
						terms, TokenHistory.begin(now), times.stateAt(now, this.properties.idleLifetime()), false),
				raw);
	}

	/** Most tokens are this server's own: their rows stay as small as they were. */
	static @Nullable String written(Resources resources) {
		return resources.equals(Resources.OWN) ? null : resources.toString();
	}

	private static SqlParameterValue time(@Nullable Instant instant) {
		OffsetDateTime value = (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
		return new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, value);
	}

}
