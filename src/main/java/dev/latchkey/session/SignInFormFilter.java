package dev.latchkey.session;

import java.io.IOException;
import java.util.Map;

import dev.latchkey.web.FormFields;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds the two forms that filters read, to sign in and to sign out, to the rules that
 * hold for all others at their handlers.
 */
class SignInFormFilter extends OncePerRequestFilter {

	static final String EVERYWHERE = "everywhere";

	private static final Map<String, FormFields> FORMS = Map.of("/login",
			FormFields.of(Map.of("email", String.class, "password", String.class)), "/logout",
			FormFields.of(Map.of(EVERYWHERE, Boolean.class)));

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		FormFields fields = HttpMethod.POST.matches(request.getMethod()) ? FORMS.get(request.getRequestURI()) : null;
		if (fields != null && !fields.admit(request.getParameterMap())) {
			response.sendError(HttpServletResponse.SC_BAD_REQUEST);
			return;
		}
		chain.doFilter(request, response);
	}

}
