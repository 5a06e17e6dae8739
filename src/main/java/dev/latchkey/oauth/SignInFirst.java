package dev.latchkey.oauth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.latchkey.scope.AnyToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

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
class SignInFirst implements AuthenticationEntryPoint {

	private static final String BACK = "/oauth2/continue";

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		StringBuilder query = new StringBuilder();
		request.getParameterMap().forEach((name, values) -> {
			for (String value : values) {
				query.append((query.length() > 0) ? "&" : "?")
					.append(UriUtils.encode(name, StandardCharsets.UTF_8))
					.append('=')
					.append(UriUtils.encode(value, StandardCharsets.UTF_8));
			}
		});
		response.sendRedirect(BACK + query);
	}

	@AnyToken
	@GetMapping(BACK)
	String leadOn(HttpServletRequest request, Model model) {
		String query = request.getQueryString();
		model.addAttribute("address", "/oauth2/authorize" + ((query != null) ? "?" + query : ""));
		return "continue";
	}

}
