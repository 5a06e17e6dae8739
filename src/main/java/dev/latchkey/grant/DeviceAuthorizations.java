package dev.latchkey.grant;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.ScopeAdmission;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenDigest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Gives devices without a browser the codes with which they ask to act for somebody (RFC
 * 8628 section 3.1).
 */
@Service
public class DeviceAuthorizations {

	private static final Duration LIFE = Duration.ofMinutes(10);

	private static final int INTERVAL = 5;

	private static final int BYTES = 32;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final ClientCache clients;

	private final DeviceStore store;

	private final ScopeCatalogue catalogue;

	private final ScopeAdmission admission;

	private final Clock clock;

	DeviceAuthorizations(ClientCache clients, DeviceStore store, ScopeCatalogue catalogue, ScopeAdmission admission,
			Clock clock) {
		this.clients = clients;
		this.store = store;
		this.catalogue = catalogue;
		this.admission = admission;
		this.clock = clock;
	}

	/**
	 * Gives a device its codes.
	 * @param wanted what it asks for, or null for all that the client may
	 * @param resources for which services, or null for those of the scopes
	 * @throws OAuthException if the client is gone or may not have these scopes
	 */
	@RetriedTransaction
	public DeviceCodes begin(Client client, @Nullable Scopes wanted, @Nullable Resources resources) {
		if (!this.clients.lockForShare(client.id())) {
			throw OAuthException.invalidClient();
		}
		Scopes given = this.admission.admitted((wanted != null) ? wanted : client.scopes());
		Scopes scopes = (wanted != null) ? wanted : given;
		if (given.names().isEmpty() || !given.equals(scopes) || !this.catalogue.covers(client.scopes(), scopes)) {
			throw new OAuthException("invalid_scope", "The client does not have these scopes.");
		}
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		String device = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		Instant now = this.clock.instant();
		UserCode user = UserCode.generate();
		while (!this.store.insert(client.id(), scopes, resources, now, now.plus(LIFE), INTERVAL, TokenDigest.of(device),
				user.digest())) {
			user = UserCode.generate();
		}
		return new DeviceCodes(device, user.shown(), LIFE.toSeconds(), INTERVAL);
	}

}
