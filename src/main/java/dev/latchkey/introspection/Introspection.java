package dev.latchkey.introspection;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.introspection.Requesters.Requester;
import dev.latchkey.introspection.SignedTokens.SignedToken;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.resource.Resource;
import dev.latchkey.resource.ResourceRegistry;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenKind;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Says what a token is good for, by the same verification as every route. A refresh token
 * is shown to its own client and its owner alone: a resource server, which believes in
 * whatever is active, must not take it for an access token.
 */
@Component
class Introspection {

	private static final Inactive INACTIVE = new Inactive(false);

	private final TokenVerifier verifier;

	private final TokenFormat format;

	private final SignedTokens signed;

	private final ResourceRegistry resources;

	private final ScopeCatalogue catalogue;

	private final KeepingTerms terms;

	Introspection(TokenVerifier verifier, TokenFormat format, SignedTokens signed, ResourceRegistry resources,
			ScopeCatalogue catalogue, KeepingTerms terms) {
		this.verifier = verifier;
		this.format = format;
		this.signed = signed;
		this.resources = resources;
		this.catalogue = catalogue;
		this.terms = terms;
	}

	/**
	 * Answers by what is remembered where that is believed.
	 */
	Object of(String presented, @Nullable InetAddress address, Requester requester) {
		return answer(presented, address, requester, false);
	}

	/**
	 * Answers by what the database says to questions that were not sent before this call,
	 * and says how long the answer may be kept.
	 */
	Object asked(String presented, @Nullable InetAddress address, Requester requester) {
		this.resources.renew();
		return answer(presented, address, requester, true);
	}

	private Object answer(String presented, @Nullable InetAddress address, Requester requester, boolean asking) {
		Optional<RawToken> own = this.format.parse(presented);
		Optional<SignedToken> jwt = own.isEmpty() ? this.signed.read(presented) : Optional.empty();
		if (jwt.isPresent()) {
			return jwt.get()
				.verify(address, asking)
				.flatMap((good) -> ofRequester(requester, good.answer())
					.map((answer) -> whole(answer, good.source(), asking, requester.registration(), good.client())))
				.orElse(INACTIVE);
		}
		if (own.filter((raw) -> raw.kind() == TokenKind.REFRESH).isPresent()) {
			return (asking ? this.verifier.inspectAsked(presented) : this.verifier.inspect(presented))
				.filter((refresh) -> mayKnow(requester, refresh))
				.map((refresh) -> told(requester, refresh, "refresh_token", asking))
				.orElse(INACTIVE);
		}
		try {
			return told(requester, admitted(presented, address, requester, asking), "Bearer", asking);
		}
		catch (TokenRefusedException ex) {
			return INACTIVE;
		}
	}

	private VerifiedToken admitted(String presented, @Nullable InetAddress address, Requester requester,
			boolean asking) {
		return (asking ? this.verifier.admitAsked(requester.actor(), presented, address, UsePlace.ELSEWHERE)
				: this.verifier.admit(requester.actor(), presented, address, false, UsePlace.ELSEWHERE))
			.token();
	}

	/** A service is told of its own tokens, and of them what concerns it. */
	private Object told(Requester requester, VerifiedToken token, String type, boolean asking) {
		String resource = requester.resource();
		if (resource == null) {
			return whole(active(token, type, token.caller().rights(), token.resources().names()), token, asking,
					requester.registration());
		}
		if (!token.resources().includes(resource)) {
			return INACTIVE;
		}
		Set<String> rights = token.caller()
			.rights()
			.stream()
			.filter((right) -> resource.equals(this.catalogue.resourceOf(right)))
			.collect(Collectors.toSet());
		return whole(active(token, type, rights, Set.of(resource)), token, asking, requester.registration());
	}

	private Object whole(ActiveToken answer, VerifiedToken token, boolean asking, @Nullable UUID... clients) {
		return asking ? this.terms.of(answer, token, clients) : answer;
	}

	/** Likewise of a JWT, which may be meant for several: this server is its issuer. */
	private Optional<ActiveToken> ofRequester(Requester requester, ActiveToken jwt) {
		String resource = requester.resource();
		if (resource == null) {
			return Optional.of(jwt);
		}
		List<String> addresses = Scope.THIS_SERVER.equals(resource)
				? ((jwt.iss() != null) ? List.of(jwt.iss()) : List.of()) : addresses(Set.of(resource));
		if (jwt.aud() == null || addresses.isEmpty() || !jwt.aud().containsAll(addresses)) {
			return Optional.empty();
		}
		String scope = Scopes.parse(jwt.scope())
			.names()
			.stream()
			.filter((name) -> resource.equals(this.catalogue.resourceOf(name)))
			.collect(Collectors.joining(" "));
		return Optional.of(new ActiveToken(true, scope, jwt.clientId(), jwt.username(), jwt.sub(), jwt.tokenType(),
				jwt.exp(), jwt.iat(), jwt.nbf(), jwt.jti(), jwt.iss(), addresses));
	}

	/**
	 * This server has none beside that of the issuer, and a token for it alone no
	 * audience.
	 */
	private List<String> addresses(Collection<String> resources) {
		return resources.stream()
			.filter((name) -> !Scope.THIS_SERVER.equals(name))
			.flatMap((name) -> this.resources.find(name).stream())
			.map(Resource::address)
			.toList();
	}

	private ActiveToken active(VerifiedToken token, String type, Set<String> rights, Collection<String> resources) {
		return ActiveToken.of(token, token.caller().userId().toString(), type, rights, addresses(resources));
	}

	private static boolean mayKnow(Requester requester, VerifiedToken token) {
		return (requester.clientId() != null) ? requester.clientId().equals(token.clientId())
				: token.caller().userId().equals(requester.userId());
	}

	record Inactive(boolean active) {

	}

}
