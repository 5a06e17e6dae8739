package dev.latchkey.oauth;

import java.io.IOException;

import dev.latchkey.caller.Actor;
import dev.latchkey.client.ClientDocuments;
import dev.latchkey.client.DocumentRefusedException;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.problem.TooManyException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Learns of a client that nobody has registered before anybody looks it up, once somebody
 * has signed in: guests make this server ask nobody. What cannot be read ends on a page
 * of this server; the address to send the browser back to stands in the very document.
 */
class ClientDocumentFilter extends OncePerRequestFilter {

	private final ClientDocuments documents;

	private final SignInEntryPoint signInFirst;

	private final AuthorizationResponseHandler answers;

	ClientDocumentFilter(ClientDocuments documents, SignInEntryPoint signInFirst,
			AuthorizationResponseHandler answers) {
		this.documents = documents;
		this.signInFirst = signInFirst;
		this.answers = answers;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String[] clients = request.getParameterValues(OAuth2ParameterNames.CLIENT_ID);
		boolean described = "/oauth2/authorize".equals(request.getRequestURI()) && clients != null
				&& clients.length == 1 && ClientDocuments.isAddress(clients[0])
				&& !ConsentAnswerConverter.isOne(request);
		if (!described || clients == null) {
			chain.doFilter(request, response);
			return;
		}
		Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
		if (signedIn == null) {
			this.signInFirst.commence(request, response, new InsufficientAuthenticationException("Nobody signed in"));
			return;
		}
		try {
			this.documents.learn((signedIn.getDetails() instanceof Actor actor) ? actor : Actor.GUEST, clients[0]);
		}
		catch (DocumentRefusedException ex) {
			this.answers.explain(request, response,
					new OAuthException(OAuth2ErrorCodes.INVALID_CLIENT, String.valueOf(ex.getMessage()))
						.as(ex.isUndecided() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.BAD_REQUEST));
			return;
		}
		catch (TooManyException ex) {
			this.answers.explain(request, response, OAuthException.tooMany(ex));
			return;
		}
		chain.doFilter(request, response);
	}

}
