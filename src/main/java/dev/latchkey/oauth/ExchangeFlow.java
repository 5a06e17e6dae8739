package dev.latchkey.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.net.IpAddress;
import dev.latchkey.user.User;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Service;

/**
 * Gives a signed JWT for a token (RFC 8693), for services that verify offline. Nobody can
 * take it back, so that it lives five minutes at the most, never longer than the token,
 * and may do no more than the token, its owner and the client that asks.
 */
@Service
class ExchangeFlow {

	private static final Duration LIFE = Duration.ofMinutes(5);

	private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

	private final TokenVerifier verifier;

	private final SigningKeys keys;

	private final Clock clock;

	ExchangeFlow(TokenVerifier verifier, SigningKeys keys, Clock clock) {
		this.verifier = verifier;
		this.keys = keys;
		this.clock = clock;
	}

	/**
	 * Returns the JWT.
	 * @throws OAuth2AuthenticationException if it is refused
	 */
	Exchanged exchange(OAuth2TokenExchangeAuthenticationToken request, Client client) {
		if (request.getActorToken() != null || !ACCESS_TOKEN.equals(request.getSubjectTokenType())) {
			throw refusal(OAuth2ErrorCodes.INVALID_REQUEST, "The subject token is an access_token, without an actor.");
		}
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
		List<String> audience = new ArrayList<>(request.getAudiences());
		audience.addAll(request.getResources());
		User owner = subject.caller().user();
		JWTClaimsSet claims = new JWTClaimsSet.Builder()
			.issuer(AuthorizationServerContextHolder.getContext().getIssuer())
			.subject(owner.id().toString())
			.audience(audience.isEmpty() ? List.of(client.clientId()) : audience)
			.issueTime(Date.from(now))
			.expirationTime(Date.from(expiresAt))
			.jwtID(UUID.randomUUID().toString())
			.claim("scope", String.join(" ", scopes))
			.claim("client_id", client.clientId())
			.build();
		return new Exchanged(sign(claims), now, expiresAt, scopes);
	}

	private VerifiedToken subject(OAuth2TokenExchangeAuthenticationToken request) {
		try {
			String address = (request.getDetails() instanceof WebAuthenticationDetails details)
					? details.getRemoteAddress() : null;
			return this.verifier.verify(request.getSubjectToken(), IpAddress.parse(address).orElse(null), false);
		}
		catch (TokenRefusedException ex) {
			throw refusal(OAuth2ErrorCodes.INVALID_REQUEST, "The subject token is not valid.");
		}
	}

	private String sign(JWTClaimsSet claims) {
		RSAKey key = this.keys.signing();
		try {
			SignedJWT jwt = new SignedJWT(
					new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build(),
					claims);
			jwt.sign(new RSASSASigner(key));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Every Java platform signs with RSA", ex);
		}
	}

	private static OAuth2AuthenticationException refusal(String error, String description) {
		return new OAuth2AuthenticationException(new OAuth2Error(error, description, null));
	}

	/** A JWT and what stands in it. */
	record Exchanged(String jwt, Instant issuedAt, Instant expiresAt, Set<String> scopes) {

		@Override
		public String toString() {
			return "Exchanged[****]";
		}

	}

}
