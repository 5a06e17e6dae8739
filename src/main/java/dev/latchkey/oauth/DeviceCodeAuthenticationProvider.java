package dev.latchkey.oauth;

import java.util.Map;

import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.grant.DeviceFlow;
import dev.latchkey.grant.TokenPair;
import dev.latchkey.scope.Resources;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceCodeAuthenticationToken;

/**
 * Answers a device that asks whether somebody has agreed (RFC 8628 section 3.4).
 */
class DeviceCodeAuthenticationProvider extends GrantAuthenticationProvider<OAuth2DeviceCodeAuthenticationToken> {

	/** RFC 8628 section 3.5. */
	private static final Map<String, String> WAITING = Map.of("authorization_pending", "Nobody has answered yet.",
			"slow_down", "The device asks too often: 5 seconds more from now on.");

	private final DeviceFlow devices;

	private final AskedResources resources;

	DeviceCodeAuthenticationProvider(DeviceFlow devices, AskedResources resources) {
		super(OAuth2DeviceCodeAuthenticationToken.class, GrantType.DEVICE_CODE);
		this.devices = devices;
		this.resources = resources;
	}

	/** A device that waits is no client that is refused. */
	@Override
	TokenAnswer answer(TokenRequestClient caller, Client client, OAuth2DeviceCodeAuthenticationToken request) {
		Resources target = this.resources.read(request.getAdditionalParameters());
		DeviceFlow.Answer answer = this.devices.redeem(caller.actor(), client, request.getDeviceCode(), target);
		TokenPair tokens = answer.tokens();
		if (tokens != null) {
			return TokenAnswer.of(tokens);
		}
		String error = String.valueOf(answer.error());
		if (WAITING.containsKey(error)) {
			throw new AuditedRefusalException(new OAuth2Error(error, WAITING.get(error), null));
		}
		throw ("expired_token".equals(error)
				? new OAuth2AuthenticationException(new OAuth2Error(error, "The device code has expired.", null))
				: new OAuth2AuthenticationException(error));
	}

}
