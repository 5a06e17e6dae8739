package dev.latchkey.grant;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.Lineage;
import dev.latchkey.token.TokenDigest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Gives a device without a browser its tokens once somebody has agreed elsewhere (RFC
 * 8628). One that asks too often waits longer each time.
 */
@Service
public class DeviceFlow {

	/** In seconds, each time (RFC 8628 section 3.5). */
	private static final int SLOWER = 5;

	private static final int LONGEST_INTERVAL = 300;

	/** Nobody can answer any more; the device begins anew. */
	private static final String EXPIRED = "expired_token";

	private final ClientCache clients;

	private final DeviceStore store;

	private final UserService users;

	private final ResourceTargets targets;

	private final FlowTokens tokens;

	private final Clock clock;

	DeviceFlow(ClientCache clients, DeviceStore store, UserService users, ResourceTargets targets, FlowTokens tokens,
			Clock clock) {
		this.clients = clients;
		this.store = store;
		this.users = users;
		this.targets = targets;
		this.tokens = tokens;
		this.clock = clock;
	}

	/**
	 * Returns the tokens, or why there are none: of that, how often the device has asked
	 * is kept.
	 * @param by who acts
	 * @param target for which services the tokens shall be, or null for all that was
	 * asked
	 * @throws OAuthException if nothing of what was agreed to is given any more
	 */
	@RetriedTransaction
	public Answer redeem(Actor by, Client client, String deviceCode, @Nullable Resources target) {
		DeviceRow row = this.clients.lockForShare(client)
			.flatMap((held) -> this.store.lockByDeviceCode(TokenDigest.of(deviceCode)))
			.orElse(null);
		if (row == null || !row.clientId().equals(client.id())) {
			return Answer.of("invalid_grant");
		}
		Instant now = this.clock.instant();
		if (row.denied()) {
			return Answer.of("access_denied");
		}
		if (!now.isBefore(row.expiresAt())) {
			return Answer.of(EXPIRED);
		}
		Instant askedAt = row.askedAt();
		if (askedAt != null && now.isBefore(askedAt.plusSeconds(row.interval()))) {
			this.store.noteAsked(row.id(), now, Math.min(row.interval() + SLOWER, LONGEST_INTERVAL));
			return Answer.of("slow_down");
		}
		UUID ownerId = row.ownerId();
		Scopes granted = row.rights().granted();
		if (ownerId == null || granted == null) {
			if (this.store.isOutdated(row.id())) {
				return Answer.of(EXPIRED);
			}
			this.store.noteAsked(row.id(), now, row.interval());
			return Answer.of("authorization_pending");
		}
		Resources bound = (row.rights().resources() != null) ? row.rights().resources() : this.targets.of(granted);
		if (target != null && !bound.includes(target)) {
			return Answer.of("invalid_target");
		}
		this.store.delete(row.id());
		if (this.users.lockForShare(ownerId).isEmpty()) {
			return Answer.of("invalid_grant");
		}
		return new Answer(null, this.tokens.issue(by, client, ownerId, new Granted(granted, bound),
				new Granted(granted, (target != null) ? target : bound), Lineage.begin(now)));
	}

	/**
	 * What a device hears.
	 *
	 * @param error why there are no tokens (RFC 8628 section 3.5), or null
	 * @param tokens the tokens, or null
	 */
	public record Answer(@Nullable String error, @Nullable TokenPair tokens) {

		static Answer of(String error) {
			return new Answer(error, null);
		}

	}

}
