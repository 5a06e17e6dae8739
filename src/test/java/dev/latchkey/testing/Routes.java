package dev.latchkey.testing;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.endpoint.EndpointFilter;
import dev.latchkey.web.Takes;
import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.server.authorization.web.OAuth2ClientAuthenticationFilter;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * All that the server answers to, for tests which ask the same of every place: what
 * controllers, endpoints that are filters, and servlets say of themselves.
 */
public class Routes {

	/** A file, which stands for all files. */
	private static final Route FILE = new Route("GET", "/favicon.svg");

	/** Their credentials are in the body: a token in the header is not looked at. */
	private static final Set<String> WITHOUT_HEADER = Set.of("/api/login", "/api/tokens/revoke",
			"/api/tokens/diagnose");

	/** A path, as request matchers write it. */
	private static final Pattern MATCHED = Pattern.compile("(?<![\\w$])/[a-z0-9/._-]+");

	private final RequestMappingHandlerMapping mapping;

	private final List<RequestMappingInfoHandlerMapping> mappings;

	private final List<FilterRegistrationBean<?>> filters;

	private final List<ServletRegistrationBean<?>> servlets;

	private final FilterChainProxy chains;

	@SuppressWarnings({ "rawtypes", "unchecked" })
	Routes(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
			ObjectProvider<RequestMappingInfoHandlerMapping> mappings, ObjectProvider<FilterRegistrationBean> filters,
			ObjectProvider<ServletRegistrationBean> servlets, @Qualifier("springSecurityFilterChain") Filter chains) {
		this.mapping = mapping;
		this.mappings = mappings.stream().toList();
		this.filters = (List) filters.stream().toList();
		this.servlets = (List) servlets.stream().toList();
		this.chains = chains(chains);
	}

	private static FilterChainProxy chains(Filter filter) {
		if (filter instanceof FilterChainProxy proxy) {
			return proxy;
		}
		return Stream.of(filter.getClass().getDeclaredFields())
			.filter((field) -> Filter.class.isAssignableFrom(field.getType()))
			.map((field) -> chains((Filter) value(field, filter)))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Returns all routes, with an id in place of each variable.
	 */
	public List<Route> all() {
		List<Route> routes = new ArrayList<>(outsideOfControllers());
		routes.add(FILE);
		handled().forEach((handled) -> routes.add(handled.route()));
		return routes;
	}

	/**
	 * Returns the paths of all routes as they are written, with the names of what
	 * differs.
	 */
	public Set<String> patterns() {
		Set<String> patterns = new TreeSet<>();
		this.mappings.stream()
			.flatMap((one) -> one.getHandlerMethods().keySet().stream())
			.forEach((route) -> patterns.addAll(route.getPatternValues()));
		endpoints().map(Routes::path).forEach(patterns::add);
		this.servlets.stream()
			.flatMap((one) -> one.getUrlMappings().stream())
			.map((path) -> path.replace("/*", "/**"))
			.forEach(patterns::add);
		return patterns;
	}

	/**
	 * Returns the routes that a token in the header opens, beside those of OAuth.
	 */
	public List<Route> openedByToken() {
		return all().stream().filter(Route::isOpenedByToken).toList();
	}

	/**
	 * Returns the routes of the API.
	 */
	public List<Route> api() {
		return all().stream().filter((route) -> route.path().startsWith("/api/")).toList();
	}

	/**
	 * Returns what no controller of the server's own answers: endpoints that are filters,
	 * servlets, and what Spring Boot adds.
	 */
	public List<Route> outsideOfControllers() {
		List<Route> routes = new ArrayList<>();
		endpoints().forEach((endpoint) -> methods(endpoint).filter((method) -> !method.equals("HEAD"))
			.forEach((method) -> routes.add(new Route(method, path(endpoint)))));
		ofAnyMethod().forEach((path) -> routes.add(new Route("GET", path)));
		this.mappings.stream()
			.filter((one) -> one != this.mapping)
			.flatMap((one) -> one.getHandlerMethods().keySet().stream())
			.forEach((route) -> routes(route).forEach(routes::add));
		return routes;
	}

	/**
	 * Returns the paths that answer whichever method they are asked by: those of servlets
	 * of their own.
	 */
	public Set<String> ofAnyMethod() {
		return this.servlets.stream()
			.flatMap((one) -> one.getUrlMappings().stream())
			.filter((path) -> !path.equals("/"))
			.map((path) -> path.replace("/*", ""))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Returns the paths that filters look out for, whatever they do there, which is to be
	 * a route's: those of a filter's place, and those in the matchers of security
	 * filters.
	 */
	public Set<String> filtered() {
		Set<String> paths = new TreeSet<>();
		this.filters.stream()
			.flatMap((one) -> one.getUrlPatterns().stream())
			.filter((path) -> !path.contains("*"))
			.forEach(paths::add);
		this.chains.getFilterChains()
			.stream()
			.flatMap((chain) -> chain.getFilters().stream())
			// These answer nothing, and know of endpoints that there are not.
			.filter((filter) -> !(filter instanceof OAuth2ClientAuthenticationFilter || filter instanceof CsrfFilter))
			.forEach((filter) -> ReflectionUtils.doWithFields(filter.getClass(), (field) -> {
				Matcher path = MATCHED.matcher(String.valueOf(value(field, filter)));
				while (path.find()) {
					paths.add(path.group());
				}
			}, (field) -> RequestMatcher.class.isAssignableFrom(field.getType())));
		return paths;
	}

	/**
	 * Returns what answers the routes that a controller has, with an id in place of each
	 * variable. Of several forms of a page, each is one.
	 */
	public List<Handled> handled() {
		List<Handled> routes = new ArrayList<>();
		this.mapping.getHandlerMethods()
			.forEach((route, handler) -> routes(route).forEach((one) -> routes.add(new Handled(one, handler))));
		return routes;
	}

	private static Stream<Route> routes(RequestMappingInfo route) {
		Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
		return route.getPatternValues()
			.stream()
			.map((pattern) -> pattern.replaceAll("\\{[^}]*}", "00000000-0000-0000-0000-000000000000"))
			.flatMap((path) -> methods.stream().map((method) -> new Route(method.name(), path)));
	}

	private Stream<EndpointFilter> endpoints() {
		return this.filters.stream()
			.map(FilterRegistrationBean::getFilter)
			.filter(EndpointFilter.class::isInstance)
			.map(EndpointFilter.class::cast);
	}

	private static String path(EndpointFilter endpoint) {
		return (String) ReflectionTestUtils.getField(endpoint, "path");
	}

	@SuppressWarnings("unchecked")
	private static Stream<String> methods(EndpointFilter endpoint) {
		return ((List<String>) ReflectionTestUtils.getField(endpoint, "methods")).stream();
	}

	private static Object value(Field field, Object of) {
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, of);
	}

	/**
	 * A route and the method that answers it.
	 *
	 * @param route the route
	 * @param handler the method
	 */
	public record Handled(Route route, HandlerMethod handler) {

		/**
		 * Returns whether a browser is answered, with a page or on the way to one. What
		 * programs ask writes its answer's body itself.
		 */
		public boolean isPage() {
			return !AnnotatedElementUtils.hasAnnotation(this.handler.getBeanType(), ResponseBody.class)
					&& !this.handler.hasMethodAnnotation(ResponseBody.class);
		}

		/**
		 * Returns the media type of the body that it reads, or null where it is JSON or
		 * there is none.
		 */
		public @Nullable String takes() {
			Takes other = this.handler.getMethodAnnotation(Takes.class);
			return (other != null) ? other.value() : null;
		}

	}

	/**
	 * One of them.
	 *
	 * @param method a method that it has
	 * @param path its path
	 */
	public record Route(String method, String path) {

		/**
		 * Returns whether a token in the header opens it. An endpoint of OAuth asks
		 * clients for their credentials, of which a token may be one.
		 */
		public boolean isOpenedByToken() {
			return (this.path.startsWith("/api/") && !WITHOUT_HEADER.contains(this.path))
					|| this.path.endsWith("/my-account") || this.path.equals("/forward-auth");
		}

		/**
		 * Returns whether it may change something.
		 */
		public boolean changes() {
			return !List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name()).contains(this.method);
		}

	}

}
