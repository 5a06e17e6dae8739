package dev.latchkey.oauth;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.oauth.IntrospectionFilter.Asker;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenKind;
import dev.latchkey.user.User;
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

	private final Jwts jwts;

	private final JwtIntrospection exchanged;

	Introspection(TokenVerifier verifier, TokenFormat format, Jwts jwts, JwtIntrospection exchanged) {
		this.verifier = verifier;
		this.format = format;
		this.jwts = jwts;
		this.exchanged = exchanged;
	}

	Object of(String presented, @Nullable InetAddress address, Asker asker) {
		Optional<RawToken> token = this.format.parse(presented);
		Optional<JWTClaimsSet> jwt = token.isEmpty() ? this.jwts.read(presented) : Optional.empty();
		if (jwt.isPresent()) {
			return this.exchanged.of(jwt.get(), address).<Object>map((active) -> active).orElse(INACTIVE);
		}
		if (token.filter((raw) -> raw.kind() == TokenKind.REFRESH).isPresent()) {
			return this.verifier.inspect(presented)
				.filter((refresh) -> mayKnow(asker, refresh))
				.<Object>map((refresh) -> active(refresh, "refresh_token"))
				.orElse(INACTIVE);
		}
		try {
			return active(this.verifier.verify(presented, address, false), "Bearer");
		}
		catch (TokenRefusedException ex) {
			return INACTIVE;
		}
	}

	private static Active active(VerifiedToken token, String type) {
		User owner = token.caller().user();
		Instant notBefore = token.times().notBefore();
		return new Active(true, String.join(" ", new TreeSet<>(token.caller().rights())), token.clientId(),
				owner.email(), owner.id().toString(), type, seconds(token.times().end()),
				token.issuedAt().getEpochSecond(),
				((notBefore != null) ? notBefore : token.issuedAt()).getEpochSecond(), token.tokenId().toString(), null,
				null);
	}

	private static boolean mayKnow(Asker asker, VerifiedToken token) {
		return (asker.clientId() != null) ? asker.clientId().equals(token.clientId())
				: token.caller().userId().equals(asker.userId());
	}

	private static @Nullable Long seconds(@Nullable Instant moment) {
		return (moment != null) ? moment.getEpochSecond() : null;
	}

	@JsonInclude(Include.NON_NULL)
	record Active(boolean active, String scope, @Nullable String clientId, String username, String sub,
			String tokenType, @Nullable Long exp, long iat, long nbf, String jti, @Nullable String iss,
			@JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED) @Nullable List<String> aud) {

	}

	record Inactive(boolean active) {

	}

}
