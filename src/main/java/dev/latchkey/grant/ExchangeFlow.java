package dev.latchkey.grant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.jwt.Jwts;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.resource.ResourceRegistry;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.stereotype.Service;

/**
 * Gives a signed JWT for a token (RFC 8693), for services that verify offline. To those
 * nobody can take it back, so that it lives five minutes at the most, never longer than
 * the token, and may do no more than the token, its owner and the client that asks. It
 * does not say from when on it is good: it is so at once, also by clocks that are behind.
 */
@Service
public class ExchangeFlow {

	private static final Duration LIFE = Duration.ofMinutes(5);

	/** Which token it was exchanged for. */
	static final String TOKEN_ID = "token_id";

	private final TokenVerifier verifier;

	private final Jwts jwts;

	private final ScopeCatalogue catalogue;

	private final ResourceRegistry resources;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ExchangeFlow(TokenVerifier verifier, Jwts jwts, ScopeCatalogue catalogue, ResourceRegistry resources,
			ApplicationEventPublisher events, Clock clock) {
		this.verifier = verifier;
		this.jwts = jwts;
		this.catalogue = catalogue;
		this.resources = resources;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Returns the JWT.
	 * @param by who acts
	 * @throws TokenRefusedException if the token is not good
	 * @throws dev.latchkey.limit.TokenLimitedException if it is and was used too often
	 * @throws OAuthException if something else about the request is refused
	 */
	public Exchanged exchange(Actor by, ExchangeRequest request, Client client) {
		List<String> audience = audience(request, client);
		VerifiedToken subject = this.verifier.admit(by, request.subjectToken(), request.address(), false, UsePlace.HERE)
			.token();
		requireBound(subject, audience);
		Set<String> offered = this.catalogue.offered().stream().map(Scope::name).collect(Collectors.toSet());
		Set<String> allowed = subject.caller()
			.rights()
			.stream()
			.filter((right) -> this.catalogue.covers(client.scopes(), right) && offered.contains(right))
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> scopes = request.scopes().isEmpty() ? allowed : new TreeSet<>(request.scopes());
		if (scopes.isEmpty() || !allowed.containsAll(scopes)) {
			throw new OAuthException("invalid_scope", "The token or the client does not have these scopes.");
		}
		Instant now = this.clock.instant();
		Instant end = subject.times().end();
		Instant expiresAt = (end != null && end.isBefore(now.plus(LIFE))) ? end : now.plus(LIFE);
		User owner = subject.caller().user();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.issuer(request.issuer())
			.subject(owner.id().toString())
			.audience(audience)
			.issuedAt(now)
			.expiresAt(expiresAt)
			.id(UUID.randomUUID().toString())
			.claim("scope", String.join(" ", scopes))
			.claim("client_id", client.clientId())
			.claim(TOKEN_ID, subject.tokenId().toString())
			.build();
		this.events.publishEvent(AuditedAct
			.ofToken(AuditAction.TOKEN_EXCHANGED, by.as(owner.id(), owner.email()), owner.id(), subject.tokenId())
			.saying("jti %s: %s".formatted(claims.getId(), String.join(" ", scopes))));
		return new Exchanged(this.jwts.sign(request.type(), claims), now, expiresAt, scopes);
	}

	/** What a token is not for, no JWT for it is either. */
	private void requireBound(VerifiedToken subject, List<String> audience) {
		boolean elsewhere = audience.stream()
			.flatMap((address) -> this.resources.byAddress(address).stream())
			.anyMatch((resource) -> !subject.resources().includes(resource.name()));
		if (elsewhere) {
			throw new OAuthException("invalid_target", "The token is not for this audience.");
		}
	}

	/** What the client was registered for, and this server if nothing is said. */
	private static List<String> audience(ExchangeRequest request, Client client) {
		if (!client.audiences().containsAll(request.audiences())) {
			throw new OAuthException("invalid_target", "The client is not registered for this audience.");
		}
		return request.audiences().isEmpty() ? List.of(request.issuer()) : List.copyOf(request.audiences());
	}

	/**
	 * A JWT and what stands in it.
	 *
	 * @param jwt the JWT, signed
	 * @param issuedAt when it was made
	 * @param expiresAt when it ends
	 * @param scopes what it may do
	 */
	public record Exchanged(String jwt, Instant issuedAt, Instant expiresAt, Set<String> scopes) {

		@Override
		public String toString() {
			return "Exchanged[****]";
		}

	}

}
