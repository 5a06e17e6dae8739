package dev.latchkey.session;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Finds the requests that need a CSRF token: those that change something. A method that
 * the route does not have changes nothing; it is for the route to refuse, which says the
 * methods that it has, and no reason to sign in.
 */
@Component
class FormRoutes implements RequestMatcher {

	/** A form has a method that the servlet API knows. */
	private static final List<HttpMethod> METHODS = List.of(HttpMethod.values());

	private final ObjectProvider<RequestMappingInfoHandlerMapping> mappings;

	FormRoutes(ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
		this.mappings = mappings;
	}

	@Override
	public boolean matches(HttpServletRequest request) {
		return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
				&& METHODS.contains(HttpMethod.valueOf(request.getMethod())) && mayBeTaken(request);
	}

	/** Whatever else is wrong with the request does not make it harmless. */
	private boolean mayBeTaken(HttpServletRequest request) {
		boolean parsed = ServletRequestPathUtils.hasParsedRequestPath(request);
		try {
			if (!parsed) {
				ServletRequestPathUtils.parseAndCache(request);
			}
			lookUp(request);
			return true;
		}
		catch (HttpRequestMethodNotSupportedException ex) {
			return false;
		}
		catch (Exception ex) {
			return true;
		}
		finally {
			if (!parsed) {
				ServletRequestPathUtils.clearParsedRequestPath(request);
			}
		}
	}

	private void lookUp(HttpServletRequest request) throws Exception {
		for (RequestMappingInfoHandlerMapping mapping : this.mappings.orderedStream().toList()) {
			if (mapping.getHandler(request) != null) {
				return;
			}
		}
	}

}
