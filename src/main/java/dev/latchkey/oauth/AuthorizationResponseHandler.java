package dev.latchkey.oauth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.language.ReadersLanguage;
import dev.latchkey.net.Locations;
import dev.latchkey.persistence.DatabaseOutage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.util.UriUtils;

/**
 * Sends the browser back to the application with a code or an error and the name of this
 * server, or says on a page of its own what is wrong where nobody knows which application
 * it is. After the form of the consent page the way back is a page that leads on by
 * itself: browsers hold every redirect that follows a form to that form's policy,
 * wherever it leads in the end.
 */
@Component
class AuthorizationResponseHandler implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

	/** So the library says that it knows no question by this state. */
	private static final String NO_QUESTION = TokenEndpointErrorHandler.PARAMETER + "state";

	private static final String GONE = "The request was answered already, is too old, or was for another account. "
			+ "Go back to the application and begin again; the parameter state names no open question.";

	private final ViewResolver views;

	private final SignInEntryPoint signInFirst;

	private final OAuthResponses answers;

	/**
	 * Pages are asked for by name: what a client accepts may be said in no form at all.
	 */
	AuthorizationResponseHandler(ViewResolver thymeleafViewResolver, SignInEntryPoint signInFirst,
			OAuthResponses answers) {
		this.views = thymeleafViewResolver;
		this.signInFirst = signInFirst;
		this.answers = answers;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException, ServletException {
		OAuth2AuthorizationCodeRequestAuthenticationToken given = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
		Map<String, @Nullable String> answer = new LinkedHashMap<>();
		answer.put("code",
				(given.getAuthorizationCode() != null) ? given.getAuthorizationCode().getTokenValue() : null);
		answer.put("state", given.getState());
		leadOn(request, response, String.valueOf(given.getRedirectUri()), answer);
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		OAuth2Error error = (failure instanceof OAuth2AuthenticationException refusal) ? refusal.getError()
				: new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR);
		String description = (ConsentAnswerConverter.isOne(request) && NO_QUESTION.equals(error.getDescription()))
				? GONE : TokenEndpointErrorHandler.describe(error);
		OAuth2AuthorizationCodeRequestAuthenticationToken asked = (failure instanceof OAuth2AuthorizationCodeRequestAuthenticationException refusal)
				? refusal.getAuthorizationCodeRequestAuthentication() : null;
		String target = (asked != null) ? asked.getRedirectUri() : null;
		if (ConsentAnswerConverter.isOne(request) && isNobody()) {
			this.signInFirst.commence(request, response, new InsufficientAuthenticationException("The session ended"));
		}
		// The library looks at the grant type before it looks at the address.
		else if (asked == null || target == null || OAuth2ErrorCodes.UNAUTHORIZED_CLIENT.equals(error.getErrorCode())) {
			explain(request, response, error.getErrorCode(), description);
		}
		else {
			Map<String, @Nullable String> answer = new LinkedHashMap<>();
			answer.put("error", error.getErrorCode());
			answer.put("error_description", description);
			answer.put("state", asked.getState());
			leadOn(request, response, target, answer);
		}
	}

	private static boolean isNobody() {
		Authentication somebody = SecurityContextHolder.getContext().getAuthentication();
		return somebody == null || somebody instanceof AnonymousAuthenticationToken;
	}

	private void leadOn(HttpServletRequest request, HttpServletResponse response, String target,
			Map<String, @Nullable String> answer) throws IOException, ServletException {
		// So that an application with several servers knows whose answer it is (RFC
		// 9207).
		answer.put("iss", AuthorizationServerContextHolder.getContext().getIssuer());
		StringBuilder address = new StringBuilder(target);
		answer.forEach((name, value) -> {
			if (value != null) {
				address.append((address.indexOf("?") >= 0) ? '&' : '?')
					.append(name)
					.append('=')
					.append(UriUtils.encode(value, StandardCharsets.UTF_8));
			}
		});
		if (ConsentAnswerConverter.isOne(request)) {
			renderPage("continue", HttpStatus.OK, Map.of("address", address.toString()), request, response);
		}
		else if (!Locations.fits(address)) {
			explain(request, response, OAuth2ErrorCodes.INVALID_REQUEST, "The parameter state is too long.");
		}
		else {
			// As the application registered it, though it may share this server's name.
			response.setStatus(HttpStatus.FOUND.value());
			response.setHeader(HttpHeaders.LOCATION, address.toString());
		}
	}

	/** Says what is wrong on a page, or as JSON, and sends nobody anywhere. */
	void explain(HttpServletRequest request, HttpServletResponse response, String error, String description)
			throws IOException, ServletException {
		explain(request, response, new OAuthException(error, description));
	}

	/** Likewise with a status of its own. */
	void explain(HttpServletRequest request, HttpServletResponse response, OAuthException refusal)
			throws IOException, ServletException {
		if (refusal.status() == HttpStatus.SERVICE_UNAVAILABLE) {
			response.setHeader(HttpHeaders.RETRY_AFTER, DatabaseOutage.RETRY_AFTER_SECONDS);
		}
		else if (refusal.retryAfter() > 0) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfter()));
		}
		String accept = request.getHeader("Accept");
		if (accept != null && accept.contains(MediaType.TEXT_HTML_VALUE)) {
			renderPage("error", refusal.status(),
					Map.of("status", refusal.status().value(), "detail", String.valueOf(refusal.getMessage())), request,
					response);
		}
		else {
			this.answers.write(response, refusal);
		}
	}

	private void renderPage(String name, HttpStatus status, Map<String, ?> model, HttpServletRequest request,
			HttpServletResponse response) throws IOException, ServletException {
		response.setStatus(status.value());
		response.setContentType("text/html;charset=UTF-8");
		response.setHeader("Cache-Control", "no-store");
		response.setHeader("Referrer-Policy", "no-referrer");
		response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:; "
				+ "form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
		response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
		response.addHeader(HttpHeaders.VARY, HttpHeaders.COOKIE);
		Locale locale = ReadersLanguage.of(request).locale();
		LocaleContext before = LocaleContextHolder.getLocaleContext();
		LocaleContextHolder.setLocale(locale);
		try {
			View view = this.views.resolveViewName(name, locale);
			if (view == null) {
				throw new ServletException("There is no page " + name);
			}
			view.render(model, request, response);
		}
		catch (IOException | ServletException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new ServletException(ex);
		}
		finally {
			LocaleContextHolder.setLocaleContext(before);
		}
	}

}
