package dev.latchkey.embedded;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.scope.AccessRule;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.startup.StartupFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * Lets the application start only if its routes ask for scopes that exist, since one that
 * is misspelt could be given to nobody, and if none of them stands where Latchkey's own
 * are, which would take its place.
 */
class RouteScopes implements SmartInitializingSingleton {

	private final HostRoutes routes;

	private final ObjectProvider<LatchkeyCore> core;

	private final ObjectProvider<OwnRoutes> own;

	RouteScopes(HostRoutes routes, ObjectProvider<LatchkeyCore> core, ObjectProvider<OwnRoutes> own) {
		this.routes = routes;
		this.core = core;
		this.own = own;
	}

	/**
	 * Reads all routes.
	 * @throws StartupFailure naming every route that is wrong
	 */
	@Override
	public void afterSingletonsInstantiated() {
		LatchkeyCore known = this.core.getIfAvailable();
		Stream<String> unknown = this.routes.controllers()
			.flatMap((mapping) -> mapping.getHandlerMethods().entrySet().stream())
			.flatMap((route) -> unknown(known, route));
		List<String> faults = Stream.concat(unknown, hidden()).toList();
		if (!faults.isEmpty()) {
			throw new StartupFailure(faults);
		}
	}

	private Stream<String> hidden() {
		OwnRoutes latchkeys = this.own.getIfAvailable();
		if (latchkeys == null) {
			return Stream.empty();
		}
		return this.routes.paths()
			.filter(latchkeys.paths()::have)
			.distinct()
			.map((path) -> ("The route %s would be hidden by Latchkey's own: set latchkey.routes.prefix,"
					+ " or latchkey.routes.enabled=false if the application has routes for tokens of its own.")
				.formatted(path));
	}

	/** Which scopes there are, is not known where there can be no tokens. */
	private static Stream<String> unknown(@Nullable LatchkeyCore core,
			Map.Entry<RequestMappingInfo, HandlerMethod> route) {
		if (core == null || !core.isOn()) {
			return Stream.empty();
		}
		ScopeCatalogue catalogue = core.catalogue();
		AccessRule rule = AccessRule.of(route.getValue().getMethod(), route.getValue().getBeanType());
		return ((rule != null) ? rule.scopes() : List.<String>of()).stream()
			.filter((scope) -> catalogue.find(scope) == null)
			.map((scope) -> "The route %s (%s) asks for the scope '%s', which is neither a bean nor in latchkey.scopes."
				.formatted(route.getKey(), route.getValue().getShortLogMessage(), scope));
	}

}
