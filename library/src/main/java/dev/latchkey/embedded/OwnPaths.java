package dev.latchkey.embedded;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which paths of the application are Latchkey's own, and what is asked of whoever calls
 * there.
 */
final class OwnPaths {

	/** Where proxies ask, if they may. */
	static final String PROXIES = "/forward-auth";

	/** Where people find their tokens, if there are pages. */
	static final String PAGES = "/tokens";

	/** Where services ask, if they may. */
	static final String SERVICES = "/oauth2/introspect";

	/** Where services hear of changes, likewise. */
	static final String CHANGES = "/changes";

	private static final String TOKENS = "/api/tokens";

	/** In a pattern nothing stands for something else, as in what is sent. */
	private static final PathContainer.Options AS_DECLARED = PathContainer.Options.create('/', false);

	private final EmbeddedProperties.Routes wanted;

	private final List<PathPattern> patterns;

	private final PathPattern ofPages;

	private final RequestMatcher byPossession;

	private final RequestMatcher rotation;

	private final RequestMatcher ofProxies;

	private final RequestMatcher ofServices;

	private final RequestMatcher ofFollowers;

	OwnPaths(EmbeddedProperties.Routes wanted, PathPatternRequestMatcher.Builder matchers) {
		String prefix = wanted.prefix();
		this.wanted = wanted;
		this.patterns = (wanted.enabled() ? wanted.patterns() : List.<String>of()).stream()
			.map(PathPatternParser.defaultInstance::parse)
			.toList();
		this.ofPages = PathPatternParser.defaultInstance.parse(prefix + PAGES + "/**");
		this.byPossession = new OrRequestMatcher(matchers.matcher(HttpMethod.POST, prefix + TOKENS + "/revoke"),
				matchers.matcher(HttpMethod.POST, prefix + TOKENS + "/diagnose"));
		this.rotation = matchers.matcher(HttpMethod.POST, prefix + TOKENS + "/current/rotate");
		this.ofProxies = matchers.matcher(prefix + PROXIES + "/**");
		this.ofServices = matchers.matcher(prefix + SERVICES);
		this.ofFollowers = matchers.matcher(prefix + CHANGES);
	}

	/**
	 * Returns whether that is a path of theirs. Where proxies and services ask is one,
	 * too: in a chain without Latchkey's line a page of the application's for every path
	 * would let everything pass.
	 * @param path a path within the application
	 */
	boolean have(PathContainer path) {
		for (PathPattern pattern : this.patterns) {
			if (pattern.matches(path)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns likewise of a pattern, whether only such paths match it.
	 */
	boolean have(String pattern) {
		return have(PathContainer.parsePath(pattern, AS_DECLARED));
	}

	/**
	 * Returns whether one of theirs is that of a page.
	 */
	boolean haveAsPage(PathContainer path) {
		return this.wanted.pages() && this.ofPages.matches(path);
	}

	/**
	 * Returns whether the request is one to which nobody signs in: the tokens in its body
	 * prove the right to it.
	 */
	boolean areByPossession(HttpServletRequest request) {
		return this.wanted.enabled() && this.byPossession.matches(request);
	}

	/**
	 * Returns whether the request is answered whoever is signed in, and if nobody is.
	 */
	boolean needNoSignIn(HttpServletRequest request) {
		return areByPossession(request) || areOfProxy(request) || areOfService(request) || areOfFollower(request);
	}

	/**
	 * Returns whether a token is presented to be rotated itself.
	 */
	boolean rotatePresented(HttpServletRequest request) {
		return this.wanted.enabled() && this.rotation.matches(request);
	}

	/**
	 * Returns whether a proxy asks about a request of its client's.
	 */
	boolean areOfProxy(HttpServletRequest request) {
		return this.wanted.enabled() && this.wanted.forwardAuth() && this.ofProxies.matches(request);
	}

	/**
	 * Returns whether a service asks about a token that it was given.
	 */
	boolean areOfService(HttpServletRequest request) {
		return this.wanted.enabled() && this.wanted.introspection() && this.ofServices.matches(request);
	}

	/**
	 * Returns whether a service wants to hear of changes.
	 */
	boolean areOfFollower(HttpServletRequest request) {
		return this.wanted.enabled() && this.wanted.introspection() && this.ofFollowers.matches(request);
	}

	/**
	 * Returns what stands before the paths that the controllers know.
	 */
	String base(HttpServletRequest request) {
		boolean below = request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH;
		return request.getContextPath() + (below ? request.getServletPath() : "") + this.wanted.prefix();
	}

}
