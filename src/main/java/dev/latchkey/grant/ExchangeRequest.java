package dev.latchkey.grant;

import java.net.InetAddress;
import java.util.Set;

import dev.latchkey.jwt.JwtType;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client to exchange a token for a JWT (RFC 8693 section 2.1).
 *
 * @param subjectToken the token
 * @param address from where it is presented, or null where that is not known
 * @param type the kind of JWT
 * @param scopes what it shall do; empty for all that it may
 * @param audiences the services that it is for, by name or by address (RFC 8707); empty
 * for this server
 * @param issuer the name of this server
 */
public record ExchangeRequest(String subjectToken, @Nullable InetAddress address, JwtType type, Set<String> scopes,
		Set<String> audiences, String issuer) {

	@Override
	public String toString() {
		return "ExchangeRequest[****]";
	}

}
