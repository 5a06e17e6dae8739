package dev.latchkey.oauth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.StringJoiner;

import dev.latchkey.language.Words;
import dev.latchkey.scope.AnyToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.util.UriUtils;

/**
 * Sends whoever is asked for consent to the sign-in and back. Back is a page of its own,
 * which leads on by itself: a browser holds every redirect that follows the sign-in form
 * to that form's policy, and would not leave this server for the application's.
 */
@Controller
class SignInEntryPoint implements AuthenticationEntryPoint {

	private static final String BACK = "/oauth2/continue";

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		String state = request.getParameter("state");
		if (ConsentAnswerConverter.isOne(request) && state != null) {
			// The session ended while the question was on the screen: it is put again.
			response.sendRedirect("/oauth2/consent?state=" + UriUtils.encode(state, StandardCharsets.UTF_8));
			return;
		}
		String query = HttpMethod.POST.matches(request.getMethod()) ? query(request)
				: Objects.requireNonNullElse(request.getQueryString(), "");
		response.sendRedirect(query.isEmpty() ? BACK : BACK + "?" + query);
	}

	private static String query(HttpServletRequest request) {
		StringJoiner query = new StringJoiner("&");
		request.getParameterMap().forEach((name, values) -> {
			for (String value : values) {
				query.add(UriUtils.encode(name, StandardCharsets.UTF_8) + "="
						+ UriUtils.encode(value, StandardCharsets.UTF_8));
			}
		});
		return query.toString();
	}

	@AnyToken
	@GetMapping(BACK)
	String leadOn(HttpServletRequest request, Model model) {
		String query = request.getQueryString();
		model.addAttribute("heading", Words.of("continue.signed-in"));
		model.addAttribute("address", "/oauth2/authorize" + ((query != null) ? "?" + query : ""));
		return "continue";
	}

}
