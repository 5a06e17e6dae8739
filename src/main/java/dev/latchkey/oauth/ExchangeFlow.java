package dev.latchkey.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.net.IpAddress;
import dev.latchkey.user.User;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Service;

/**
 * Gives a signed JWT for a token (RFC 8693), for services that verify offline. To those
 * nobody can take it back, so that it lives five minutes at the most, never longer than
 * the token, and may do no more than the token, its owner and the client that asks. It
 * does not say from when on it is good: it is so at once, also by clocks that are behind.
 */
@Service
class ExchangeFlow {

	private static final Duration LIFE = Duration.ofMinutes(5);

	/** Which token it was exchanged for. */
	static final String TOKEN_ID = "token_id";

	private final TokenVerifier verifier;

	private final Jwts jwts;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ExchangeFlow(TokenVerifier verifier, Jwts jwts, ApplicationEventPublisher events, Clock clock) {
		this.verifier = verifier;
		this.jwts = jwts;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Returns the JWT.
	 * @throws OAuth2AuthenticationException if it is refused
	 */
	Exchanged exchange(OAuth2TokenExchangeAuthenticationToken request, Client client) {
		List<String> audience = audience(request, client);
		VerifiedToken subject = subject(request);
		Set<String> allowed = subject.caller()
			.rights()
			.stream()
			.filter(client.scopes()::covers)
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> scopes = request.getScopes().isEmpty() ? allowed : new TreeSet<>(request.getScopes());
		if (scopes.isEmpty() || !allowed.containsAll(scopes)) {
			throw refusal(OAuth2ErrorCodes.INVALID_SCOPE, "The token or the client does not have these scopes.");
		}
		Instant now = this.clock.instant();
		Instant end = subject.times().end();
		Instant expiresAt = (end != null && end.isBefore(now.plus(LIFE))) ? end : now.plus(LIFE);
		JwtType type = JwtType.of(request.getRequestedTokenType()).orElseThrow();
		User owner = subject.caller().user();
		JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(issuer())
			.subject(owner.id().toString())
			.audience(audience)
			.issueTime(Date.from(now))
			.expirationTime(Date.from(expiresAt))
			.jwtID(UUID.randomUUID().toString())
			.claim("scope", String.join(" ", scopes))
			.claim("client_id", client.clientId())
			.claim(TOKEN_ID, subject.tokenId().toString())
			.build();
		this.events.publishEvent(AuditedAct
			.of(AuditAction.TOKEN_EXCHANGED, owner.id(), subject.tokenId(),
					"jti %s: %s".formatted(claims.getJWTID(), String.join(" ", scopes)))
			.by(Actor.current().as(owner.id(), owner.email())));
		return new Exchanged(type, this.jwts.sign(type, claims), now, expiresAt, scopes);
	}

	private VerifiedToken subject(OAuth2TokenExchangeAuthenticationToken request) {
		try {
			String address = (request.getDetails() instanceof WebAuthenticationDetails details)
					? details.getRemoteAddress() : null;
			return this.verifier.verify(request.getSubjectToken(), IpAddress.parse(address).orElse(null), false);
		}
		catch (TokenRefusedException ex) {
			throw new ToldRefusal(
					new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, "The subject token is not valid.", null));
		}
	}

	/**
	 * The services that the JWT is for: what the client was registered for, and this
	 * server if nothing is said. A resource (RFC 8707) is one by its address.
	 */
	private static List<String> audience(OAuth2TokenExchangeAuthenticationToken request, Client client) {
		Set<String> wanted = new LinkedHashSet<>(request.getAudiences());
		wanted.addAll(request.getResources());
		if (!client.audiences().containsAll(wanted)) {
			throw refusal("invalid_target", "The client is not registered for this audience.");
		}
		return wanted.isEmpty() ? List.of(issuer()) : List.copyOf(wanted);
	}

	private static String issuer() {
		return AuthorizationServerContextHolder.getContext().getIssuer();
	}

	private static OAuth2AuthenticationException refusal(String error, String description) {
		return new OAuth2AuthenticationException(new OAuth2Error(error, description, null));
	}

	/** A JWT and what stands in it. */
	record Exchanged(JwtType type, String jwt, Instant issuedAt, Instant expiresAt, Set<String> scopes) {

		@Override
		public String toString() {
			return "Exchanged[****]";
		}

	}

}
