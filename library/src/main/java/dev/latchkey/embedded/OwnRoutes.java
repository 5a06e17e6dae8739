package dev.latchkey.embedded;

import java.io.IOException;
import java.util.Objects;

import dev.latchkey.gateway.EmbeddedGateway;
import dev.latchkey.net.HostArrivals;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Latchkey's own routes in the application. Which paths are theirs, {@link OwnPaths}
 * knows; here is who answers there, and that what cannot be decided is 503.
 */
final class OwnRoutes implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(OwnRoutes.class);

	private final OwnPaths paths;

	private final boolean addressesAreClients;

	/** Null where there can be no tokens. */
	private final @Nullable Doors doors;

	private OwnRoutes(OwnPaths paths, boolean addressesAreClients, @Nullable Doors doors) {
		this.paths = paths;
		this.addressesAreClients = addressesAreClients;
		this.doors = doors;
	}

	/**
	 * Starts them. Where there can be no tokens they answer 503.
	 * @param rule decides who may use which
	 * @param clients says which services may ask about tokens, or null for none
	 */
	static OwnRoutes start(LatchkeyCore core, HostRights rights, HandlerInterceptor rule, EmbeddedProperties properties,
			PathPatternRequestMatcher.Builder matchers, @Nullable IntrospectionClients clients,
			ServletContext application) {
		EmbeddedProperties.Routes wanted = properties.routes();
		OwnPaths paths = new OwnPaths(wanted, matchers);
		ApplicationContext within = core.context();
		boolean addressesAreClients = properties.limits().byNetwork();
		if (within == null || !wanted.enabled()) {
			return new OwnRoutes(paths, addressesAreClients, null);
		}
		OwnContext context = OwnContext.start(within, rule, wanted, application);
		SignedInCallers signedIn = new SignedInCallers(core, rights);
		OwnControllers controllers = new OwnControllers(context, paths, signedIn);
		return new OwnRoutes(paths, addressesAreClients,
				new Doors(context, controllers, new OwnPages(controllers, paths, wanted),
						new ProxyDoor(context.part(EmbeddedGateway.class), paths, signedIn),
						wanted.introspection() ? new ServiceDoor(core, context, clients) : null));
	}

	OwnPaths paths() {
		return this.paths;
	}

	/** What its routes have in common, or null where there are none. */
	@Nullable ApplicationContext context() {
		return (this.doors != null) ? this.doors.context().within() : null;
	}

	/**
	 * Answers a request of somebody who is signed in, by a token or to the application.
	 */
	void serve(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		decided(request, response, (doors) -> doors.controllers().answer(request, response, true));
	}

	/**
	 * Answers a request likewise, whoever is signed in.
	 */
	void serveAnybody(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		decided(request, response, (doors) -> doors.controllers().answer(request, response, false));
	}

	/**
	 * Answers a proxy whose client's token is good.
	 */
	void serveProxy(HttpServletRequest request, HttpServletResponse response, TokenAuthentication client)
			throws ServletException, IOException {
		decided(request, response, (doors) -> doors.proxies().answer(request, response, client));
	}

	/**
	 * Answers a service that asks about a token, if it may.
	 */
	void serveService(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		decided(request, response, (doors) -> doors.forServices().answer(request, response));
	}

	/**
	 * Lets a service hear of changes, if it may.
	 */
	void serveFollower(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		decided(request, response, (doors) -> doors.forServices().follow(request, response));
	}

	/**
	 * Shows a page, or returns what the application's layout is to show.
	 */
	@Nullable ModelAndView show(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		if (this.doors == null) {
			OwnPages.undecided(response);
			return null;
		}
		HostArrivals.note(request, this.addressesAreClients);
		try {
			return this.doors.pages().show(request, response);
		}
		catch (OwnerUnknownException | DataAccessException | TransactionException ex) {
			log.warn("A page about tokens cannot be shown: {}", ex.getClass().getSimpleName());
			log.debug("A page about tokens cannot be shown", ex);
			OwnPages.undecided(response);
			return null;
		}
	}

	private void decided(HttpServletRequest request, HttpServletResponse response, Answering answering)
			throws ServletException, IOException {
		if (this.doors == null) {
			Refusals.undecided(response);
			return;
		}
		HostArrivals.note(request, this.addressesAreClients);
		try {
			answering.at(this.doors);
		}
		catch (OwnerUnknownException | DataAccessException | TransactionException ex) {
			log.warn("A request about tokens cannot be decided: {}", ex.getClass().getSimpleName());
			log.debug("A request about tokens cannot be decided", ex);
			Refusals.undecided(response);
		}
	}

	@Override
	public void destroy() {
		if (this.doors != null) {
			this.doors.context().close();
		}
	}

	/** What one of them does. */
	@FunctionalInterface
	private interface Answering {

		void at(Doors doors) throws ServletException, IOException;

	}

	/**
	 * Who answers.
	 *
	 * @param context what they have in common
	 * @param controllers the routes of people and programs
	 * @param pages those of people alone
	 * @param proxies those who stand before other services
	 * @param services those who were given a token, or null where they may not ask
	 */
	private record Doors(OwnContext context, OwnControllers controllers, OwnPages pages, ProxyDoor proxies,
			@Nullable ServiceDoor services) {

		/** They are asked for only where they may ask. */
		ServiceDoor forServices() {
			return Objects.requireNonNull(this.services);
		}

	}

}
