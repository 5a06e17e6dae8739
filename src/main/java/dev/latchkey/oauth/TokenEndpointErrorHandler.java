package dev.latchkey.oauth;

import java.io.IOException;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Credential;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.token.QuotaExceededException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/**
 * Writes the errors of RFC 6749 section 5.2. The audit hears of every client that is
 * known and refused nevertheless, from here where nobody has told it yet.
 */
@Component
class TokenEndpointErrorHandler implements AuthenticationFailureHandler {

	/** So the library begins when it says which parameter is wrong. */
	static final String PARAMETER = "OAuth 2.0 Parameter: ";

	private final OAuthResponses answers;

	private final ApplicationEventPublisher events;

	TokenEndpointErrorHandler(OAuthResponses answers, ApplicationEventPublisher events) {
		this.answers = answers;
		this.events = events;
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		OAuth2Error error = (failure instanceof OAuth2AuthenticationException refusal) ? refusal.getError()
				: new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR);
		Actor actor = Actor.of(request);
		Credential proven = actor.credential();
		if (proven != null && proven.kind() == Credential.Kind.CLIENT
				&& !(failure instanceof AuditedRefusalException)) {
			this.events.publishEvent(AuditedAct.of(AuditAction.CLIENT_REFUSED, actor)
				.saying("%s: %s".formatted(error.getErrorCode(), describe(error))));
		}
		if (failure.getCause() instanceof QuotaExceededException) {
			this.answers.write(response,
					new OAuthException(error.getErrorCode(), describe(error)).as(HttpStatus.CONFLICT));
			return;
		}
		if (failure.getCause() instanceof TokenLimitedException limited) {
			limited.writeTo(response);
			this.answers.write(response, OAuthException.tooMany(limited));
			return;
		}
		if (failure.getCause() instanceof OAuthException refusal) {
			this.answers.write(response, refusal);
			return;
		}
		this.answers.write(response, OAuth2ErrorCodes.INVALID_CLIENT.equals(error.getErrorCode())
				? OAuthException.invalidClient() : new OAuthException(error.getErrorCode(), describe(error)));
	}

	static String describe(OAuth2Error error) {
		String description = error.getDescription();
		if (OAuth2ErrorCodes.ACCESS_DENIED.equals(error.getErrorCode())) {
			return "The user did not agree.";
		}
		if (OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE.equals(error.getErrorCode())) {
			return "This endpoint does not know this grant type.";
		}
		if (description != null && description.startsWith(PARAMETER)) {
			return "The parameter %s is missing, is given twice or is not what was registered."
				.formatted(description.substring(PARAMETER.length()));
		}
		if (description != null) {
			return description;
		}
		return switch (error.getErrorCode()) {
			case OAuth2ErrorCodes.INVALID_GRANT ->
				"The code or token is unknown, used, expired or revoked, or was given to another client or address.";
			case OAuth2ErrorCodes.INVALID_SCOPE -> "The client does not have these scopes.";
			case OAuth2ErrorCodes.UNAUTHORIZED_CLIENT -> "The client may not use this grant type.";
			default -> "The request cannot be understood.";
		};
	}

}
