package dev.latchkey.introspection;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

import dev.latchkey.caller.User;
import dev.latchkey.introspection.IntrospectionFilter.Requester;
import dev.latchkey.introspection.SignedTokens.SignedToken;
import dev.latchkey.limit.UsePlace;
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

	Introspection(TokenVerifier verifier, TokenFormat format, SignedTokens signed) {
		this.verifier = verifier;
		this.format = format;
		this.signed = signed;
	}

	Object of(String presented, @Nullable InetAddress address, Requester requester) {
		Optional<RawToken> own = this.format.parse(presented);
		Optional<SignedToken> jwt = own.isEmpty() ? this.signed.read(presented) : Optional.empty();
		if (jwt.isPresent()) {
			return jwt.get().verify(address).<Object>map((active) -> active).orElse(INACTIVE);
		}
		if (own.filter((raw) -> raw.kind() == TokenKind.REFRESH).isPresent()) {
			return this.verifier.inspect(presented)
				.filter((refresh) -> mayKnow(requester, refresh))
				.<Object>map((refresh) -> active(refresh, "refresh_token"))
				.orElse(INACTIVE);
		}
		try {
			return active(this.verifier.admit(requester.actor(), presented, address, false, UsePlace.ELSEWHERE).token(),
					"Bearer");
		}
		catch (TokenRefusedException ex) {
			return INACTIVE;
		}
	}

	private static ActiveToken active(VerifiedToken token, String type) {
		User owner = token.caller().user();
		Instant notBefore = token.times().notBefore();
		return new ActiveToken(true, String.join(" ", new TreeSet<>(token.caller().rights())), token.clientId(),
				owner.email(), owner.id().toString(), type, seconds(token.times().end()),
				token.issuedAt().getEpochSecond(),
				((notBefore != null) ? notBefore : token.issuedAt()).getEpochSecond(), token.tokenId().toString(), null,
				null);
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
