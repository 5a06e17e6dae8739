package dev.latchkey.introspection;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.latchkey.caller.User;
import dev.latchkey.introspection.IntrospectionFilter.Requester;
import dev.latchkey.introspection.SignedTokens.SignedToken;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.resource.Resource;
import dev.latchkey.resource.ResourceRegistry;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
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

	Introspection(TokenVerifier verifier, TokenFormat format, SignedTokens signed, ResourceRegistry resources,
			ScopeCatalogue catalogue) {
		this.verifier = verifier;
		this.format = format;
		this.signed = signed;
		this.resources = resources;
		this.catalogue = catalogue;
	}

	Object of(String presented, @Nullable InetAddress address, Requester requester) {
		Optional<RawToken> own = this.format.parse(presented);
		Optional<SignedToken> jwt = own.isEmpty() ? this.signed.read(presented) : Optional.empty();
		if (jwt.isPresent()) {
			return jwt.get()
				.verify(address)
				.filter((active) -> isMeantFor(requester, active))
				.<Object>map((active) -> active)
				.orElse(INACTIVE);
		}
		if (own.filter((raw) -> raw.kind() == TokenKind.REFRESH).isPresent()) {
			return this.verifier.inspect(presented)
				.filter((refresh) -> mayKnow(requester, refresh))
				.map((refresh) -> told(requester, refresh, "refresh_token"))
				.orElse(INACTIVE);
		}
		try {
			return told(requester,
					this.verifier.admit(requester.actor(), presented, address, false, UsePlace.ELSEWHERE).token(),
					"Bearer");
		}
		catch (TokenRefusedException ex) {
			return INACTIVE;
		}
	}

	/** A service is told of its own tokens, and of them what concerns it. */
	private Object told(Requester requester, VerifiedToken token, String type) {
		String resource = requester.resource();
		if (resource == null) {
			return active(token, type, token.caller().rights(), token.resources().names());
		}
		if (!token.resources().includes(resource)) {
			return INACTIVE;
		}
		Set<String> rights = token.caller()
			.rights()
			.stream()
			.filter((right) -> resource.equals(this.catalogue.resourceOf(right)))
			.collect(Collectors.toSet());
		return active(token, type, rights, Set.of(resource));
	}

	private boolean isMeantFor(Requester requester, ActiveToken jwt) {
		String resource = requester.resource();
		if (resource == null || Scope.THIS_SERVER.equals(resource)) {
			return true;
		}
		List<String> addresses = addresses(Set.of(resource));
		return jwt.aud() != null && !addresses.isEmpty() && jwt.aud().containsAll(addresses);
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
		List<String> audience = addresses(resources);
		User owner = token.caller().user();
		Instant notBefore = token.times().notBefore();
		return new ActiveToken(true, String.join(" ", new TreeSet<>(rights)), token.clientId(), owner.email(),
				owner.id().toString(), type, seconds(token.times().end()), token.issuedAt().getEpochSecond(),
				((notBefore != null) ? notBefore : token.issuedAt()).getEpochSecond(), token.tokenId().toString(), null,
				audience.isEmpty() ? null : audience);
	}

	private static boolean mayKnow(Requester requester, VerifiedToken token) {
		return (requester.clientId() != null) ? requester.clientId().equals(token.clientId())
				: token.caller().userId().equals(requester.userId());
	}

	private static @Nullable Long seconds(@Nullable Instant moment) {
		return (moment != null) ? moment.getEpochSecond() : null;
	}

	record Inactive(boolean active) {

	}

}
