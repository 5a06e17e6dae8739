package dev.latchkey.grant;

import java.net.InetAddress;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.introspection.ActiveToken;
import dev.latchkey.introspection.SignedTokens;
import dev.latchkey.jwt.Jwts;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.Ids;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Says what a JWT of this server is good for now. Whoever asks learns more than who
 * verifies offline: it is good while the token that it was exchanged for is, for the same
 * addresses, and while the client is there that asked for it; and it may do what the
 * three of them may today, of what stands in it.
 */
@Component
class JwtIntrospection implements SignedTokens {

	private final Jwts jwts;

	private final TokenVerifier verifier;

	private final ClientCache clients;

	private final ScopeCatalogue catalogue;

	private final Clock clock;

	JwtIntrospection(Jwts jwts, TokenVerifier verifier, ClientCache clients, ScopeCatalogue catalogue, Clock clock) {
		this.jwts = jwts;
		this.verifier = verifier;
		this.clients = clients;
		this.catalogue = catalogue;
		this.clock = clock;
	}

	@Override
	public Optional<SignedToken> read(String presented) {
		return this.jwts.read(presented).map((claims) -> (address, asking) -> verify(claims, address, asking));
	}

	/** Which clients may have exchanged one. */
	@Override
	public String rules() {
		return this.clients.rules();
	}

	private Optional<GoodToken> verify(JWTClaimsSet claims, @Nullable InetAddress address, boolean asking) {
		if (!this.clock.instant().isBefore(claims.getExpirationTime().toInstant())) {
			return Optional.empty();
		}
		return text(claims, ExchangeFlow.TOKEN_ID).flatMap(Ids::parse)
			.flatMap((id) -> asking ? this.verifier.inspectAsked(id, address) : this.verifier.inspect(id, address))
			.flatMap((token) -> text(claims, "client_id")
				.flatMap((name) -> asking ? this.clients.ask(name) : this.clients.find(name))
				.map((client) -> new GoodToken(active(claims, token, client), token, client.id())));
	}

	private ActiveToken active(JWTClaimsSet claims, VerifiedToken token, Client client) {
		User owner = token.caller().user();
		String scope = Scopes.parse(text(claims, "scope").orElse(""))
			.names()
			.stream()
			.filter((name) -> token.caller().can(name) && this.catalogue.covers(client.scopes(), name))
			.collect(Collectors.joining(" "));
		long issuedAt = claims.getIssueTime().toInstant().getEpochSecond();
		return new ActiveToken(true, scope, client.clientId(), owner.email(), owner.id().toString(), "Bearer",
				claims.getExpirationTime().toInstant().getEpochSecond(), issuedAt, issuedAt, claims.getJWTID(),
				claims.getIssuer(), List.copyOf(claims.getAudience()));
	}

	/** What this server has signed has its claims in the right form. */
	private static Optional<String> text(JWTClaimsSet claims, String name) {
		try {
			return Optional.ofNullable(claims.getStringClaim(name));
		}
		catch (ParseException ex) {
			return Optional.empty();
		}
	}

}
