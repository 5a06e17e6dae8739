package dev.latchkey.grant;

import java.util.UUID;

import dev.latchkey.token.AllTokensEnded;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The codes to which an account has agreed, of applications and of devices: they end with
 * its tokens, since one that was given before becomes no token afterwards. Whoever was
 * redeeming one meanwhile has finished, or waits for the account.
 */
@Component
class UnredeemedCodes {

	private final AuthorizationStore authorizations;

	private final DeviceStore devices;

	UnredeemedCodes(AuthorizationStore authorizations, DeviceStore devices) {
		this.authorizations = authorizations;
		this.devices = devices;
	}

	@EventListener
	void on(AllTokensEnded event) {
		this.authorizations.deleteAll(event.ownerId());
		this.devices.deleteAll(event.ownerId());
	}

	/**
	 * Ends those of one application.
	 */
	void end(UUID ownerId, UUID clientId) {
		this.authorizations.deleteAll(ownerId, clientId);
		this.devices.deleteAll(ownerId, clientId);
	}

}
