package dev.latchkey.embedded;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;

import dev.latchkey.caller.GivingDeniedException;
import dev.latchkey.gateway.EmbeddedGateway;
import dev.latchkey.net.HostArrivals;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemResponse;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.scope.ScopeDeniedException;
import dev.latchkey.web.EmbeddedRoutes;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.transaction.TransactionException;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Latchkey's own routes in the application: the server's controllers, in a dispatcher and
 * a context of their own. The application's converters, advices and interceptors do not
 * reach in, and what these routes need is nothing that the application sees.
 */
final class OwnRoutes implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(OwnRoutes.class);

	private static final String TOKENS = "/api/tokens";

	private static final String SCOPES = "/api/scopes";

	private static final String AUDIT = "/api/audit-events";

	/** Where proxies ask, if they may. */
	static final String PROXIES = "/forward-auth";

	private final boolean wanted;

	private final boolean forProxies;

	private final String prefix;

	private final RequestMatcher byPossession;

	private final RequestMatcher rotation;

	private final RequestMatcher ofProxies;

	private final @Nullable SignedInCallers signedIn;

	private final @Nullable AnnotationConfigWebApplicationContext context;

	private final @Nullable DispatcherServlet dispatcher;

	private OwnRoutes(EmbeddedProperties.Routes wanted, PathPatternRequestMatcher.Builder matchers,
			@Nullable SignedInCallers signedIn, @Nullable AnnotationConfigWebApplicationContext context,
			@Nullable DispatcherServlet dispatcher) {
		String prefix = wanted.prefix();
		this.wanted = wanted.enabled();
		this.forProxies = wanted.enabled() && wanted.forwardAuth();
		this.prefix = prefix;
		this.byPossession = new OrRequestMatcher(matchers.matcher(HttpMethod.POST, prefix + TOKENS + "/revoke"),
				matchers.matcher(HttpMethod.POST, prefix + TOKENS + "/diagnose"));
		this.rotation = matchers.matcher(HttpMethod.POST, prefix + TOKENS + "/current/rotate");
		this.ofProxies = matchers.matcher(prefix + PROXIES + "/**");
		this.signedIn = signedIn;
		this.context = context;
		this.dispatcher = dispatcher;
	}

	/**
	 * Starts them. Where there can be no tokens they answer 503.
	 * @param rule decides who may use which
	 */
	static OwnRoutes start(LatchkeyCore core, HostRights rights, HandlerInterceptor rule,
			EmbeddedProperties.Routes wanted, PathPatternRequestMatcher.Builder matchers, ServletContext application) {
		ApplicationContext within = core.context();
		if (within == null || !wanted.enabled()) {
			return new OwnRoutes(wanted, matchers, null, null, null);
		}
		AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
		// One of its own would ask the system's variables before other settings.
		context.setEnvironment((ConfigurableEnvironment) within.getEnvironment());
		context.setParent(within);
		context.setServletContext(application);
		context.register(EmbeddedRoutes.class);
		context.addBeanFactoryPostProcessor((beans) -> beans.registerSingleton("routeRules", first(rule)));
		DispatcherServlet dispatcher = new DispatcherServlet(context);
		dispatcher.setPublishContext(false);
		dispatcher.setPublishEvents(false);
		try {
			dispatcher.init(new OwnConfig(application));
		}
		catch (ServletException ex) {
			throw new IllegalStateException("The routes of Latchkey cannot be served", ex);
		}
		return new OwnRoutes(wanted, matchers, new SignedInCallers(core, rights), context, dispatcher);
	}

	private static WebMvcConfigurer first(HandlerInterceptor rule) {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(rule).order(Ordered.HIGHEST_PRECEDENCE);
			}

		};
	}

	/**
	 * Returns whether that is a path of theirs, or a pattern that only such paths match.
	 * Where proxies ask is one, too: in a chain without Latchkey's line a page of the
	 * application's for every path would let everything pass.
	 * @param path a path within the application
	 */
	boolean have(String path) {
		return this.wanted && (isAt(TOKENS, path) || path.equals(this.prefix + SCOPES)
				|| path.equals(this.prefix + AUDIT) || (this.forProxies && isAt(PROXIES, path)));
	}

	private boolean isAt(String route, String path) {
		String whole = this.prefix + route;
		return path.equals(whole) || path.startsWith(whole + "/");
	}

	/**
	 * Returns whether the request is one to which nobody signs in: the tokens in its body
	 * prove the right to it.
	 */
	boolean areByPossession(HttpServletRequest request) {
		return this.wanted && this.byPossession.matches(request);
	}

	/**
	 * Returns whether the request is answered whoever is signed in, and if nobody is.
	 */
	boolean needNoSignIn(HttpServletRequest request) {
		return areByPossession(request) || areAskedByProxy(request);
	}

	/**
	 * Returns whether a token is presented to be rotated itself.
	 */
	boolean rotatePresented(HttpServletRequest request) {
		return this.wanted && this.rotation.matches(request);
	}

	/**
	 * Returns whether a proxy asks about a request of its client's.
	 */
	boolean areAskedByProxy(HttpServletRequest request) {
		return this.forProxies && this.ofProxies.matches(request);
	}

	/**
	 * Answers a proxy whose client's token is good.
	 */
	void serveProxy(HttpServletRequest request, HttpServletResponse response, TokenAuthentication client)
			throws ServletException, IOException {
		if (this.context == null || this.signedIn == null) {
			Refusals.undecided(response);
			return;
		}
		String path = request.getRequestURI().substring((base(request) + PROXIES).length());
		SecurityContext application = SecurityContextHolder.getContext();
		try {
			SecurityContextHolder.setContext(new SecurityContextImpl(client.ofCaller()));
			this.context.getBean(EmbeddedGateway.class)
				.answer(request, path.isEmpty() ? null : path,
						new Identified(response, this.signedIn.hostId(client.caller().userId())));
		}
		catch (OwnerUnknownException | DataAccessException | TransactionException ex) {
			undecided(response, ex);
		}
		finally {
			SecurityContextHolder.setContext(application);
		}
	}

	/**
	 * Answers a request of somebody who is signed in, by a token or to the application.
	 */
	void serve(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		serve(request, response, true);
	}

	/**
	 * Answers a request likewise, whoever is signed in.
	 */
	void serveAnybody(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		serve(request, response, false);
	}

	private void serve(HttpServletRequest request, HttpServletResponse response, boolean known)
			throws ServletException, IOException {
		if (this.dispatcher == null || this.context == null || this.signedIn == null) {
			Refusals.undecided(response);
			return;
		}
		DispatcherServlet servlet = this.dispatcher;
		ProblemWriter problems = this.context.getBean(ProblemWriter.class);
		SecurityContext application = SecurityContextHolder.getContext();
		try {
			Authentication caller = known ? this.signedIn.find(application.getAuthentication(), request) : null;
			SecurityContext own = SecurityContextHolder.createEmptyContext();
			own.setAuthentication(caller);
			SecurityContextHolder.setContext(own);
			HostArrivals.note(request);
			this.context.getBean("bodyLimit", Filter.class)
				.doFilter(request, new Answer(request, response, problems, base(request)), servlet::service);
		}
		catch (OwnerUnknownException | DataAccessException | TransactionException ex) {
			undecided(response, ex);
		}
		catch (ServletException ex) {
			if (ex.getCause() instanceof ScopeDeniedException lacking) {
				Refusals.lacking(response, lacking.required());
				return;
			}
			if (!(ex.getCause() instanceof AccessDeniedException denial)) {
				throw ex;
			}
			problems.write(request, response, ProblemCode.FORBIDDEN, (denial instanceof GivingDeniedException refused)
					? refused.reason() : "The role of the account does not allow this.");
		}
		finally {
			SecurityContextHolder.setContext(application);
		}
	}

	private static void undecided(HttpServletResponse response, RuntimeException failure) throws IOException {
		log.warn("A request about tokens cannot be decided: {}", failure.getClass().getSimpleName());
		log.debug("A request about tokens cannot be decided", failure);
		Refusals.undecided(response);
	}

	/** What stands before the paths that the controllers know. */
	private String base(HttpServletRequest request) {
		boolean below = request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH;
		return request.getContextPath() + (below ? request.getServletPath() : "") + this.prefix;
	}

	@Override
	public void destroy() {
		if (this.dispatcher != null && this.context != null) {
			this.dispatcher.destroy();
			this.context.close();
		}
	}

	/** Says where a new token is found within the application. */
	private static final class Answer extends ProblemResponse {

		private final String base;

		Answer(HttpServletRequest request, HttpServletResponse response, ProblemWriter problems, String base) {
			super(request, response, problems);
			this.base = base;
		}

		@Override
		public void addHeader(String name, String value) {
			super.addHeader(name, within(name, value));
		}

		@Override
		public void setHeader(String name, String value) {
			super.setHeader(name, within(name, value));
		}

		private String within(String name, String value) {
			return (HttpHeaders.LOCATION.equalsIgnoreCase(name) && value.startsWith("/")) ? this.base + value : value;
		}

	}

	/** Names the user as the application does. */
	private static final class Identified extends HttpServletResponseWrapper {

		private final String hostId;

		Identified(HttpServletResponse response, String hostId) {
			super(response);
			this.hostId = hostId;
		}

		@Override
		public void setHeader(String name, String value) {
			super.setHeader(name, name.equals("X-Auth-User-Id") ? EmbeddedGateway.safe(this.hostId) : value);
		}

	}

	/** Without a setting. */
	private record OwnConfig(ServletContext application) implements ServletConfig {

		@Override
		public String getServletName() {
			return "latchkey";
		}

		@Override
		public ServletContext getServletContext() {
			return this.application;
		}

		@Override
		public @Nullable String getInitParameter(String name) {
			return null;
		}

		@Override
		public Enumeration<String> getInitParameterNames() {
			return Collections.emptyEnumeration();
		}

	}

}
