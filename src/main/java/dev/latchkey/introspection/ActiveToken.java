package dev.latchkey.introspection;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.latchkey.verification.VerifiedToken;
import org.jspecify.annotations.Nullable;

/**
 * What introspection says of a token that is good (RFC 7662 section 2.2). Times are
 * seconds since 1970.
 *
 * @param active true
 * @param scope what it may do now, space-joined
 * @param clientId the client that it was given to, or null
 * @param username the owner's address
 * @param sub the owner's id
 * @param tokenType how it is presented, or that it is a refresh token
 * @param exp when it ends, or null for never
 * @param iat when it was made
 * @param nbf from when on it is good
 * @param jti its id
 * @param iss who signed it, or null if nobody did
 * @param aud for whom it was signed, or null if it was not
 */
@JsonInclude(Include.NON_NULL)
public record ActiveToken(boolean active, String scope, @Nullable String clientId, String username, String sub,
		String tokenType, @Nullable Long exp, long iat, long nbf, String jti, @Nullable String iss,
		@JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED) @Nullable List<String> aud) {

	/**
	 * Says it of a token that is a row.
	 * @param sub as which its owner is known to whoever asks
	 * @param type how it is presented
	 * @param rights what it may do there
	 * @param audience for which services it is, or empty
	 */
	public static ActiveToken of(VerifiedToken token, String sub, String type, Collection<String> rights,
			List<String> audience) {
		Instant end = token.times().end();
		Instant notBefore = token.times().notBefore();
		return new ActiveToken(true, String.join(" ", new TreeSet<>(rights)), token.clientId(),
				token.caller().user().email(), sub, type, (end != null) ? end.getEpochSecond() : null,
				token.issuedAt().getEpochSecond(),
				((notBefore != null) ? notBefore : token.issuedAt()).getEpochSecond(), token.tokenId().toString(), null,
				audience.isEmpty() ? null : audience);
	}

}
