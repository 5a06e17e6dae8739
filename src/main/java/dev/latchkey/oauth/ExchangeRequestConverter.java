package dev.latchkey.oauth;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.latchkey.client.GrantType;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.jwt.JwtType;
import dev.latchkey.scope.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads requests for an exchange (RFC 8693 section 2.1), in place of the library's own
 * way, which takes a request that names no type for one that asks for an access token.
 */
class ExchangeRequestConverter implements AuthenticationConverter {

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		try {
			OAuthForm form = OAuthForm.of(request);
			return GrantType.TOKEN_EXCHANGE.value().equals(form.find("grant_type")) ? read(form) : null;
		}
		catch (OAuthException refusal) {
			throw new OAuth2AuthenticationException(new OAuth2Error(refusal.error(), refusal.getMessage(), null));
		}
	}

	private static OAuth2TokenExchangeAuthenticationToken read(OAuthForm form) {
		JwtType type = type(form.find("requested_token_type"));
		if (form.find("actor_token") != null || form.find("actor_token_type") != null) {
			throw OAuthException.invalidRequest("Nobody acts for the subject here: actor_token is not supported.");
		}
		String subject = form.require("subject_token");
		String subjectType = form.require("subject_token_type");
		if (!JwtType.ACCESS_TOKEN.uri().equals(subjectType)) {
			throw OAuthException
				.invalidRequest("The parameter subject_token_type is %s.".formatted(JwtType.ACCESS_TOKEN.uri()));
		}
		String scope = form.find("scope");
		Authentication client = Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
		return new OAuth2TokenExchangeAuthenticationToken(type.uri(), subject, subjectType, client, null, null,
				all(form, "resource"), all(form, "audience"), Scopes.parse((scope != null) ? scope : "").names(),
				Map.of());
	}

	private static JwtType type(@Nullable String requested) {
		if (requested == null) {
			return JwtType.JWT;
		}
		return JwtType.of(requested)
			.orElseThrow(() -> OAuthException
				.invalidRequest("The parameter requested_token_type is one of %s and %s, or left out."
					.formatted(JwtType.JWT.uri(), JwtType.ACCESS_TOKEN.uri())));
	}

	/** These two may stand there several times (RFC 8693 section 2.1). */
	private static Set<String> all(OAuthForm form, String name) {
		String[] values = form.request().getParameterValues(name);
		return new LinkedHashSet<>(Arrays.asList((values != null) ? values : new String[0]));
	}

}
