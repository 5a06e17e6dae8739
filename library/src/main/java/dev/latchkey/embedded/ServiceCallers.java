package dev.latchkey.embedded;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Caller;
import dev.latchkey.endpoint.BasicCredentials;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.introspection.Requesters;
import dev.latchkey.introspection.Requesters.Requester;
import dev.latchkey.limit.NetworkLimits;
import dev.latchkey.limit.NetworkLimits.Door;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.net.Arrival;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.verification.AdmittedToken;
import dev.latchkey.verification.TokenExpiryHeader;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Lets ask about tokens whom the application lets: a service that it knows, or who has a
 * token with {@code tokens:introspect}.
 */
final class ServiceCallers {

	private static final String BEARER = "Bearer ";

	private static final int LONGEST_NAME = 255;

	private final LatchkeyCore core;

	private final TokenAdmission admission;

	private final @Nullable IntrospectionClients clients;

	ServiceCallers(LatchkeyCore core, TokenAdmission admission, @Nullable IntrospectionClients clients) {
		this.core = core;
		this.admission = admission;
		this.clients = clients;
	}

	/**
	 * Returns who asks.
	 * @throws OAuthException if that one may not
	 * @throws OwnerUnknownException if the application does not say
	 */
	Requester find(HttpServletRequest request, HttpServletResponse response) {
		String header = read(request, () -> header(request));
		if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			return withScope(header.substring(BEARER.length()).strip(), request, response);
		}
		return proven(read(request, () -> named(BasicCredentials.read(header))), request);
	}

	private static String header(HttpServletRequest request) {
		List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
		if (headers.size() > 1) {
			throw OAuthException.invalidRequest("The header Authorization is given twice.");
		}
		return headers.isEmpty() ? "" : headers.get(0);
	}

	/** What no service can be called, the application is not asked about. */
	private static BasicCredentials named(BasicCredentials presented) {
		String name = presented.name();
		if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
			throw OAuthException.invalidClient();
		}
		return presented;
	}

	/** The audit hears of what cannot be read, too. */
	private <T> T read(HttpServletRequest request, Supplier<T> reading) {
		try {
			return reading.get();
		}
		catch (OAuthException refusal) {
			tell(request, String.valueOf(refusal.getMessage()));
			throw refusal;
		}
	}

	/** What a guest says that he is could be a secret, so that none of it is written. */
	private void tell(HttpServletRequest request, String reason) {
		this.core.tell(AuditedAct.of(AuditAction.CLIENT_REFUSED, Actor.of(request)).saying(reason));
	}

	private Requester withScope(String presented, HttpServletRequest request, HttpServletResponse response) {
		InetAddress address = Arrival.address(request);
		AdmittedToken asking;
		try {
			asking = this.admission
				.admit(() -> this.core.part(TokenVerifier.class)
					.admit(Actor.of(request), presented, address, false, UsePlace.ELSEWHERE))
				.admitted();
		}
		catch (TokenRefusedException ex) {
			throw OAuthException.invalidToken();
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			this.core.part(TokenExpiryHeader.class).write(ex, response);
			throw OAuthException.tooMany(ex);
		}
		if (asking.limit() != null) {
			asking.limit().writeTo(response);
		}
		this.core.part(TokenExpiryHeader.class).write(asking.token(), response);
		Caller caller = asking.token().caller();
		caller.actor().enter(request);
		if (caller.cannot(Requesters.SCOPE)) {
			throw OAuthException.insufficientScope(Requesters.SCOPE, null);
		}
		return Requester.account(asking.token());
	}

	/** While there is room a good secret is good, however many are wrong meanwhile. */
	private Requester proven(BasicCredentials presented, HttpServletRequest request) {
		NetworkLimits limits = this.core.part(NetworkLimits.class);
		try {
			limits.requireRoom(Door.CLIENT, presented.name());
		}
		catch (TooManyException ex) {
			tell(request, "too many failures");
			throw OAuthException.tooMany(ex);
		}
		if (isProven(presented)) {
			return Requester.service(presented.name());
		}
		tell(request, "unknown client");
		try {
			limits.count(Door.CLIENT, presented.name());
		}
		catch (TooManyException ex) {
			throw OAuthException.tooMany(ex);
		}
		throw OAuthException.invalidClient();
	}

	private boolean isProven(BasicCredentials presented) {
		String secret = presented.secret();
		if (this.clients == null || secret == null) {
			return false;
		}
		try {
			return this.clients.isProven(presented.name(), secret);
		}
		catch (Exception ex) {
			throw new OwnerUnknownException("The application does not say whether it knows a service", ex);
		}
	}

}
