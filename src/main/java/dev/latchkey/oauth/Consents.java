package dev.latchkey.oauth;

import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.grant.ConsentStore;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationContext;
import org.springframework.stereotype.Component;

/**
 * Shows to Spring's authorization server what accounts have agreed to.
 */
@Component
class Consents implements OAuth2AuthorizationConsentService {

	private final ConsentStore store;

	Consents(ConsentStore store) {
		this.store = store;
	}

	@Override
	public void save(OAuth2AuthorizationConsent consent) {
		if (!this.store.save(actor(), UUID.fromString(consent.getPrincipalName()),
				UUID.fromString(consent.getRegisteredClientId()), Scopes.of(consent.getScopes()))) {
			throw changedMeanwhile();
		}
	}

	@Override
	public void remove(OAuth2AuthorizationConsent consent) {
		this.store.remove(UUID.fromString(consent.getPrincipalName()),
				UUID.fromString(consent.getRegisteredClientId()));
	}

	@Override
	public @Nullable OAuth2AuthorizationConsent findById(String clientId, String ownerId) {
		return this.store.find(UUID.fromString(ownerId), UUID.fromString(clientId))
			.map((scopes) -> toConsent(clientId, ownerId, scopes))
			.orElse(null);
	}

	/** What was agreed to before and is not asked about now stays agreed to. */
	void keepWhatWasNotAsked(OAuth2AuthorizationConsentAuthenticationContext context) {
		OAuth2AuthorizationConsent before = findById(context.getRegisteredClient().getId(),
				context.getAuthorization().getPrincipalName());
		OAuth2AuthorizationRequest request = context.getAuthorizationRequest();
		if (before == null || request == null) {
			return;
		}
		Set<String> asked = request.getScopes();
		context.getAuthorizationConsent().authorities((given) -> {
			if (!given.isEmpty()) {
				before.getScopes()
					.stream()
					.filter((scope) -> !asked.contains(scope))
					.forEach((scope) -> given.add(new SimpleGrantedAuthority("SCOPE_" + scope)));
			}
		});
	}

	/** What is answered if account or application have gone since the request began. */
	static OAuth2AuthorizationCodeRequestAuthenticationException changedMeanwhile() {
		return new OAuth2AuthorizationCodeRequestAuthenticationException(new OAuth2Error(OAuth2ErrorCodes.ACCESS_DENIED,
				"The account or the application has changed meanwhile.", null), null);
	}

	/** The library hands on the answer, and not who has given it. */
	private static Actor actor() {
		Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
		return (signedIn != null && signedIn.getDetails() instanceof Actor actor) ? actor : Actor.GUEST;
	}

	private static OAuth2AuthorizationConsent toConsent(String clientId, String ownerId, Scopes scopes) {
		OAuth2AuthorizationConsent.Builder consent = OAuth2AuthorizationConsent.withId(clientId, ownerId);
		scopes.names().forEach(consent::scope);
		return consent.build();
	}

	/**
	 * The consent as the page is answered: what was ticked before and is not ticked any
	 * more is not agreed to.
	 */
	static class AskedAnew implements OAuth2AuthorizationConsentService {

		private final Consents consents;

		AskedAnew(Consents consents) {
			this.consents = consents;
		}

		@Override
		public void save(OAuth2AuthorizationConsent consent) {
			this.consents.save(consent);
		}

		@Override
		public void remove(OAuth2AuthorizationConsent consent) {
			this.consents.remove(consent);
		}

		@Override
		public @Nullable OAuth2AuthorizationConsent findById(String clientId, String ownerId) {
			return null;
		}

	}

}
