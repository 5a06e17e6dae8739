package dev.latchkey.grant;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import dev.latchkey.caller.UserEvent;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers which grants were given for a password, and ends them with it. Whoever was
 * making one meanwhile has finished, or waits for the account.
 */
@Component
class PasswordGrants {

	/** A row is older than its tokens only while they are being made. */
	private static final Duration UNDER_WAY = Duration.ofHours(1);

	private final JdbcClient jdbc;

	private final ConsentStore consents;

	private final TokenRevocation revocation;

	private final Clock clock;

	PasswordGrants(JdbcClient jdbc, ConsentStore consents, TokenRevocation revocation, Clock clock) {
		this.jdbc = jdbc;
		this.consents = consents;
		this.revocation = revocation;
		this.clock = clock;
	}

	void begin(UUID familyId, UUID ownerId) {
		this.jdbc.sql("insert into password_grant (family_id, owner_id, created_at) values (?, ?, ?)")
			.params(familyId, ownerId, Timestamp.from(this.clock.instant()))
			.update();
	}

	@EventListener
	void on(UserEvent.UserPasswordChanged event) {
		if (!event.tokensKept()) {
			this.consents.removeAll(event.by(), event.userId());
		}
		this.revocation.revokeAlone(event.by(), this.jdbc.sql("""
				select t.id from password_grant g join api_token t on t.family_id = g.family_id
				where g.owner_id = ? order by t.id
				""").param(event.userId()).query(UUID.class).list(), RevocationCause.PASSWORD_CHANGED);
	}

	void prune() {
		this.jdbc.sql("""
				delete from password_grant g where created_at < ?
				    and not exists (select 1 from api_token t where t.family_id = g.family_id)
				""").param(Timestamp.from(this.clock.instant().minus(UNDER_WAY))).update();
	}

}
