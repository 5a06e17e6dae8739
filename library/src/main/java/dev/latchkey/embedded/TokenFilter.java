package dev.latchkey.embedded;

import java.io.IOException;
import java.net.InetAddress;

import dev.latchkey.caller.Actor;
import dev.latchkey.embedded.PresentedTokens.Presented;
import dev.latchkey.embedded.TokenAdmission.Admission;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.net.IpAddress;
import dev.latchkey.net.WithoutHeader;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.verification.AdmittedToken;
import dev.latchkey.verification.TokenExpiryHeader;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.transaction.TransactionException;

/**
 * Finds out who calls with a token. Where there is one it alone decides: the context of a
 * session is replaced and not added to, and a bad token is refused whoever is signed in.
 * What comes after it does not see the header: a resource server would take the token for
 * one of its own, and refuse it. Afterwards it tells the audit of a 403, whoever has
 * answered so.
 */
class TokenFilter implements Filter {

	private static final Logger log = LoggerFactory.getLogger(TokenFilter.class);

	private static final String DECIDED = TokenFilter.class.getName();

	private static final String ELSEWHERE = "No token opens this.";

	private final @Nullable LatchkeyCore core;

	private final PresentedTokens tokens;

	private final @Nullable OwnRoutes routes;

	private final RefusedRights refused;

	/** Without the core, as where there is no database, nothing can be decided. */
	TokenFilter(@Nullable LatchkeyCore core, PresentedTokens tokens, @Nullable OwnRoutes routes) {
		this.core = core;
		this.tokens = tokens;
		this.routes = routes;
		this.refused = new RefusedRights(core);
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse answer, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest request = (HttpServletRequest) given;
		HttpServletResponse response = (HttpServletResponse) answer;
		if (this.routes != null && this.routes.paths().needNoSignIn(request) && this.tokens.areTakenAt(request)) {
			answer(this.routes, request, response);
		}
		else {
			pass(request, response, chain);
		}
		this.refused.tell(request, response);
	}

	/** The application's rules are not asked. */
	private void answer(OwnRoutes own, HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		if (own.paths().areOfProxy(request)) {
			answerProxy(own, request, response);
		}
		else if (own.paths().areOfService(request)) {
			own.serveService(request, response);
		}
		else if (own.paths().areOfFollower(request)) {
			own.serveFollower(request, response);
		}
		else {
			// Whoever is signed in, and whatever the header says: the body decides.
			own.serveAnybody(request, response);
		}
	}

	private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (decide(request, response)) {
			boolean known = request.getAttribute(DECIDED) instanceof TokenAuthentication;
			chain.doFilter(known ? new WithoutHeader(request, HttpHeaders.AUTHORIZATION) : request, response);
		}
	}

	/** What the application does with whoever brings no token is nothing to a proxy. */
	private void answerProxy(OwnRoutes own, HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		Presented presented = this.tokens.in(request);
		if (presented == null || presented.isAmbiguous()) {
			Refusals.unknown(response);
		}
		else if (decide(request, response) && request.getAttribute(DECIDED) instanceof TokenAuthentication client) {
			own.serveProxy(request, response, client);
		}
	}

	/** Returns false if it has answered. */
	private boolean decide(HttpServletRequest request, HttpServletResponse response) throws IOException {
		// Dispatched again, for an error or by another thread; or a test has said it.
		if (request.getAttribute(DECIDED) instanceof TokenAuthentication known) {
			if (request.getDispatcherType() == DispatcherType.REQUEST && !this.tokens.areTakenAt(request)) {
				Refusals.forbidden(response, ELSEWHERE);
				return false;
			}
			SecurityContextHolder.setContext(new SecurityContextImpl(known));
			return true;
		}
		Presented presented = this.tokens.in(request);
		if (presented == null) {
			return true;
		}
		if (presented.isAmbiguous()) {
			Refusals.malformed(response);
			return false;
		}
		try {
			TokenAuthentication caller = admit(request, response, presented.token());
			caller.caller().actor().enter(request);
			if (!this.tokens.areTakenAt(request)) {
				Refusals.forbidden(response, ELSEWHERE);
				return false;
			}
			decided(request, caller);
			SecurityContextHolder.setContext(new SecurityContextImpl(caller));
			return true;
		}
		catch (TokenRefusedException ex) {
			log.debug("Refused token {}: {}", ex.tokenId(), ex.reason());
			Refusals.invalid(response);
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			core().part(TokenExpiryHeader.class).write(ex, response);
			Refusals.write(response, ProblemCode.RATE_LIMITED, String.valueOf(ex.getMessage()));
		}
		catch (OwnerUnknownException | DataAccessException | TransactionException ex) {
			log.warn("It cannot be decided whether a token is good: {}", ex.getClass().getSimpleName());
			log.debug("It cannot be decided whether a token is good", ex);
			Refusals.undecided(response);
		}
		return false;
	}

	private TokenAuthentication admit(HttpServletRequest request, HttpServletResponse response, String presented) {
		LatchkeyCore known = core();
		TokenVerifier verifier = known.part(TokenVerifier.class);
		InetAddress address = IpAddress.parse(request.getRemoteAddr()).orElse(null);
		boolean rotating = this.routes != null && this.routes.paths().rotatePresented(request);
		UsePlace place = (this.routes != null && this.routes.paths().areOfProxy(request)) ? UsePlace.ELSEWHERE
				: UsePlace.HERE;
		Actor by = Actor.of(request);
		Admission admission = new TokenAdmission(known)
			.admit(() -> verifier.admit(by, presented, address, rotating, place));
		AdmittedToken admitted = admission.admitted();
		known.part(TokenExpiryHeader.class).write(admitted.token(), response);
		if (admitted.limit() != null) {
			admitted.limit().writeTo(response);
		}
		return new TokenAuthentication(admitted.token(), admission.owner().principal());
	}

	private LatchkeyCore core() {
		if (this.core == null || !this.core.isOn()) {
			throw new OwnerUnknownException("Latchkey is off", null);
		}
		return this.core;
	}

	/**
	 * Notes at a request who calls, so that it is not asked again.
	 */
	static void decided(HttpServletRequest request, TokenAuthentication caller) {
		request.setAttribute(DECIDED, caller);
	}

}
