package dev.latchkey.oauth;

import java.util.List;

import dev.latchkey.grant.ClientFlow;
import dev.latchkey.grant.CodeFlow;
import dev.latchkey.grant.DeviceFlow;
import dev.latchkey.grant.ExchangeFlow;
import dev.latchkey.grant.RefreshFlow;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.stereotype.Component;

/**
 * The providers of the token endpoint, one a grant type. They are made here, and are no
 * beans, since the library asks them only where it is told to.
 */
@Component
class GrantProviders {

	private final List<AuthenticationProvider> all;

	GrantProviders(CodeFlow codes, RefreshFlow refreshes, ClientFlow credentials, ExchangeFlow exchanges,
			DeviceFlow devices, AskedScopes scopes, AskedResources resources) {
		this.all = List.of(new AuthorizationCodeAuthenticationProvider(codes, resources),
				new RefreshTokenAuthenticationProvider(refreshes, scopes, resources),
				new ClientCredentialsAuthenticationProvider(credentials, scopes, resources),
				new TokenExchangeAuthenticationProvider(exchanges),
				new DeviceCodeAuthenticationProvider(devices, resources));
	}

	/**
	 * Returns one provider a grant type.
	 */
	List<AuthenticationProvider> all() {
		return this.all;
	}

}
