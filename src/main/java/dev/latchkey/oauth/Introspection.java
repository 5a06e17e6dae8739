package dev.latchkey.oauth;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.latchkey.oauth.IntrospectionFilter.Asker;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenState;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
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

	private final TokenQueries tokens;

	private final UserService users;

	private final ScopeCatalogue catalogue;

	Introspection(TokenVerifier verifier, TokenFormat format, TokenQueries tokens, UserService users,
			ScopeCatalogue catalogue) {
		this.verifier = verifier;
		this.format = format;
		this.tokens = tokens;
		this.users = users;
		this.catalogue = catalogue;
	}

	Object of(String presented, InetAddress address, Asker asker) {
		Optional<RawToken> refreshToken = this.format.parse(presented)
			.filter((raw) -> raw.kind() == TokenKind.REFRESH);
		if (refreshToken.isPresent()) {
			return refreshToken(refreshToken.get(), asker);
		}
		try {
			return active(this.verifier.verify(presented, address, false));
		}
		catch (TokenRefusedException ex) {
			return INACTIVE;
		}
	}

	private static Active active(VerifiedToken token) {
		User owner = token.caller().user();
		Instant notBefore = token.times().notBefore();
		return new Active(true, scope(token.caller().rights()), token.clientId(), owner.email(),
				owner.id().toString(), "Bearer", seconds(token.times().end()), token.issuedAt().getEpochSecond(),
				((notBefore != null) ? notBefore : token.issuedAt()).getEpochSecond(), token.tokenId().toString());
	}

	private Object refreshToken(RawToken raw, Asker asker) {
		TokenDetails token = this.tokens.findByDigest(TokenDigest.of(raw)).orElse(null);
		if (token == null || token.state() != TokenState.ACTIVE || token.rotated() || !mayKnow(asker, token)) {
			return INACTIVE;
		}
		User owner = this.users.find(token.ownerId()).filter(User::enabled).orElse(null);
		if (owner == null) {
			return INACTIVE;
		}
		long issuedAt = token.createdAt().getEpochSecond();
		return new Active(true, scope(this.catalogue.effective(token.scopes(), owner.roles())), token.clientId(),
				owner.email(), owner.id().toString(), "refresh_token", seconds(token.expiresAt()), issuedAt, issuedAt,
				token.id().toString());
	}

	private static boolean mayKnow(Asker asker, TokenDetails token) {
		return (asker.clientId() != null) ? asker.clientId().equals(token.clientId())
				: token.ownerId().equals(asker.userId());
	}

	private static String scope(Set<String> rights) {
		return String.join(" ", new TreeSet<>(rights));
	}

	private static @Nullable Long seconds(@Nullable Instant moment) {
		return (moment != null) ? moment.getEpochSecond() : null;
	}

	@JsonInclude(Include.NON_NULL)
	record Active(boolean active, String scope, @Nullable String clientId, String username, String sub,
			String tokenType, @Nullable Long exp, long iat, long nbf, String jti) {

	}

	record Inactive(boolean active) {

	}

}
