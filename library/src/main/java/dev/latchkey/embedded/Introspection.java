package dev.latchkey.embedded;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Caller;
import dev.latchkey.embedded.TokenAdmission.Admission;
import dev.latchkey.endpoint.BasicCredentials;
import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.introspection.ActiveToken;
import dev.latchkey.introspection.Question;
import dev.latchkey.limit.NetworkLimits;
import dev.latchkey.limit.NetworkLimits.Door;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.net.Arrival;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.verification.AdmittedToken;
import dev.latchkey.verification.TokenExpiryHeader;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Says what a token is good for, to whom the application lets ask: a service that it
 * knows, or who has a token with {@code tokens:introspect}. A token is verified here as
 * at every route, by what the application says of its owner, too.
 */
class Introspection extends FormEndpointFilter {

	private static final String SCOPE = "tokens:introspect";

	private static final String BEARER = "Bearer ";

	private static final int LONGEST_NAME = 255;

	private static final Map<String, Boolean> INACTIVE = Map.of("active", false);

	private final LatchkeyCore core;

	private final TokenAdmission admission;

	private final @Nullable IntrospectionClients clients;

	Introspection(OAuthResponses responses, ProblemWriter problems, LatchkeyCore core,
			@Nullable IntrospectionClients clients) {
		super(responses, problems);
		this.core = core;
		this.admission = new TokenAdmission(core);
		this.clients = clients;
	}

	@Override
	protected Object answer(OAuthForm form, HttpServletResponse response) {
		try {
			requireMayAsk(form.request(), response);
			Question question = question(form);
			Admission found = this.admission.admit(() -> verified(Actor.of(form.request()), question));
			VerifiedToken token = found.admitted().token();
			return ActiveToken.of(token, found.owner().id(), "Bearer", token.caller().rights(), List.of());
		}
		catch (TokenRefusedException ex) {
			return INACTIVE;
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			throw OAuthException.tooMany(ex);
		}
	}

	/** The container says by an exception of its own that it cannot read a form. */
	private static Question question(OAuthForm form) {
		try {
			return Question.of(form);
		}
		catch (IllegalStateException ex) {
			throw OAuthException.invalidRequest("The form cannot be read.");
		}
	}

	private AdmittedToken verified(Actor by, Question question) {
		TokenVerifier verifier = this.core.part(TokenVerifier.class);
		return question.asking() ? verifier.admitAsked(by, question.token(), question.address(), UsePlace.ELSEWHERE)
				: verifier.admit(by, question.token(), question.address(), false, UsePlace.ELSEWHERE);
	}

	private void requireMayAsk(HttpServletRequest request, HttpServletResponse response) {
		String header = read(request, () -> header(request));
		if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			requireScope(header.substring(BEARER.length()).strip(), request, response);
		}
		else {
			requireProven(read(request, () -> named(BasicCredentials.read(header))), request);
		}
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

	private void requireScope(String presented, HttpServletRequest request, HttpServletResponse response) {
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
		if (asking.limit() != null) {
			asking.limit().writeTo(response);
		}
		this.core.part(TokenExpiryHeader.class).write(asking.token(), response);
		Caller caller = asking.token().caller();
		caller.actor().enter(request);
		if (caller.cannot(SCOPE)) {
			throw OAuthException.insufficientScope(SCOPE, null);
		}
	}

	/** While there is room a good secret is good, however many are wrong meanwhile. */
	private void requireProven(BasicCredentials presented, HttpServletRequest request) {
		NetworkLimits limits = this.core.part(NetworkLimits.class);
		try {
			limits.requireRoom(Door.CLIENT, presented.name());
		}
		catch (TooManyException ex) {
			tell(request, "too many failures");
			throw OAuthException.tooMany(ex);
		}
		if (isProven(presented)) {
			return;
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
