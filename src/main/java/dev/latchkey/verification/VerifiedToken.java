package dev.latchkey.verification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenTimes;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;

/**
 * A token that is good, with all that the request's way needs to know about it.
 *
 * @param tokenId the token
 * @param kind what it is for
 * @param clientId the OAuth client that holds it, or null
 * @param caller who is calling, and what this call may do
 * @param authorities the same as Spring Security's authorities
 * @param times the times of its life
 * @param networks from where it may be used
 * @param rateLimit requests a minute, or null for the server's default
 * @param lastUsedIp from where it was last used, or null
 */
public record VerifiedToken(UUID tokenId, TokenKind kind, @Nullable String clientId, Caller caller,
		List<GrantedAuthority> authorities, TokenTimes times, Networks networks, @Nullable Integer rateLimit,
		@Nullable String lastUsedIp) {

	/**
	 * Returns when the token was made.
	 */
	public Instant issuedAt() {
		return this.times.createdAt();
	}

	/**
	 * Returns at which services it is a token.
	 */
	public Resources resources() {
		return this.caller.currentToken().orElseThrow().resources();
	}

	/**
	 * Returns the same with the rights that it has now.
	 */
	VerifiedToken with(Rights rights) {
		Caller same = new Caller(this.caller.user(), rights.names(), this.caller.currentToken().orElseThrow());
		return new VerifiedToken(this.tokenId, this.kind, this.clientId, same, rights.authorities(), this.times,
				this.networks, this.rateLimit, this.lastUsedIp);
	}

	/**
	 * Returns the same after a use that this node has noted.
	 */
	VerifiedToken usedAt(Instant use, @Nullable String address) {
		return new VerifiedToken(this.tokenId, this.kind, this.clientId, this.caller, this.authorities,
				this.times.usedAt(use), this.networks, this.rateLimit, address);
	}

}
