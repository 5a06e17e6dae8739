package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * All that the server answers to, for tests which ask the same of every place.
 */
public class Routes {

	/** What no controller answers. */
	private static final List<Route> OTHERS = List.of(new Route("POST", "/oauth2/token"),
			new Route("POST", "/oauth2/introspect"), new Route("POST", "/oauth2/revoke"),
			new Route("GET", "/oauth2/jwks"), new Route("GET", "/oauth2/authorize"),
			new Route("GET", "/.well-known/oauth-authorization-server"), new Route("GET", "/forward-auth"),
			new Route("GET", "/livez"), new Route("GET", "/readyz"), new Route("GET", "/favicon.svg"),
			new Route("POST", "/login"), new Route("POST", "/logout"));

	private final RequestMappingHandlerMapping mapping;

	Routes(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
		this.mapping = mapping;
	}

	/**
	 * Returns all routes, with an id in place of each variable.
	 */
	public List<Route> all() {
		List<Route> routes = new ArrayList<>(OTHERS);
		this.mapping.getHandlerMethods().keySet().forEach((route) -> {
			Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
			for (String pattern : route.getPatternValues()) {
				String path = pattern.replaceAll("\\{[^}]*}", "00000000-0000-0000-0000-000000000000");
				methods.forEach((method) -> routes.add(new Route(method.name(), path)));
			}
		});
		return routes;
	}

	/**
	 * Returns the routes of the API.
	 */
	public List<Route> api() {
		return all().stream().filter((route) -> route.path().startsWith("/api/")).toList();
	}

	/**
	 * Returns what answers the routes that a controller has, with an id in place of each
	 * variable. Of several forms of a page, each is one.
	 */
	public List<Handled> handled() {
		List<Handled> routes = new ArrayList<>();
		this.mapping.getHandlerMethods().forEach((route, handler) -> {
			for (String pattern : route.getPatternValues()) {
				String path = pattern.replaceAll("\\{[^}]*}", "00000000-0000-0000-0000-000000000000");
				route.getMethodsCondition()
					.getMethods()
					.forEach((method) -> routes.add(new Handled(new Route(method.name(), path), handler)));
			}
		});
		return routes;
	}

	/**
	 * A route and the method that answers it.
	 *
	 * @param route the route
	 * @param handler the method
	 */
	public record Handled(Route route, HandlerMethod handler) {

	}

	/**
	 * One of them.
	 *
	 * @param method a method that it has
	 * @param path its path
	 */
	public record Route(String method, String path) {

	}

}
