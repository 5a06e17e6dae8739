package dev.latchkey.security;

import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Turns a presented token into a caller, or refuses it; the reason stays in the debug
 * log.
 */
@Component
class ApiTokenAuthenticationProvider implements AuthenticationProvider {

	private static final Logger log = LoggerFactory.getLogger(ApiTokenAuthenticationProvider.class);

	private final TokenVerifier verifier;

	ApiTokenAuthenticationProvider(TokenVerifier verifier) {
		this.verifier = verifier;
	}

	/**
	 * Returns the caller.
	 * @throws dev.latchkey.limit.TokenLimitedException if the token is good and was used
	 * too often; that makes nobody unknown
	 */
	@Override
	public ApiTokenAuthentication authenticate(Authentication authentication) {
		PresentedToken presented = (PresentedToken) authentication;
		PresentationContext context = presented.context();
		try {
			return new ApiTokenAuthentication(this.verifier.admit(context.actor(), presented.value(), context.address(),
					context.rotating(), context.place()));
		}
		catch (TokenRefusedException ex) {
			log.debug("Refused token {}: {}", ex.tokenId(), ex.reason());
			throw new BadTokenException(ex);
		}
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return PresentedToken.class.isAssignableFrom(authentication);
	}

}
