package dev.latchkey.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodClassKey;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Holds the rule of every route, and lets the server start only if each route under
 * {@code /api} has one and asks for scopes that exist, and each that changes something
 * says whether it gives rights.
 */
@Component
class RouteRules implements SmartInitializingSingleton {

	private final ObjectProvider<RequestMappingHandlerMapping> mappings;

	private final ScopeCatalogue catalogue;

	private final Map<MethodClassKey, AccessRule> rules = new ConcurrentHashMap<>();

	RouteRules(ObjectProvider<RequestMappingHandlerMapping> mappings, ScopeCatalogue catalogue) {
		this.mappings = mappings;
		this.catalogue = catalogue;
	}

	/**
	 * Reads all routes.
	 * @throws UndecidedRouteException naming every route that is wrong
	 */
	@Override
	public void afterSingletonsInstantiated() {
		List<String> faults = new ArrayList<>();
		this.mappings.stream()
			.flatMap((mapping) -> mapping.getHandlerMethods().entrySet().stream())
			.forEach((route) -> read(route.getKey(), route.getValue(), faults));
		if (!faults.isEmpty()) {
			throw new UndecidedRouteException(faults);
		}
	}

	@Nullable AccessRule ruleFor(HandlerMethod handler) {
		return this.rules.get(key(handler));
	}

	private void read(RequestMappingInfo route, HandlerMethod handler, List<String> faults) {
		String name = "%s (%s)".formatted(route, handler.getShortLogMessage());
		AccessRule rule = AccessRule.of(handler.getMethod(), handler.getBeanType());
		if (rule == null) {
			if (isApi(route)) {
				faults.add("The route %s has none of @RequiresScope, @AnyToken and @Public.".formatted(name));
			}
			return;
		}
		for (String scope : rule.scopes()) {
			if (this.catalogue.findOwn(scope) == null) {
				faults.add("The route %s asks for the scope '%s', which the catalogue does not have.".formatted(name,
						scope));
			}
		}
		if (RightGiving.isAskedOf(route.getMethodsCondition().getMethods()) && mayGiveRights(rule)
				&& RightGiving.of(handler) == null) {
			faults.add("The route %s has neither @GivesRight nor @GivesNoRight.".formatted(name));
		}
		this.rules.put(key(handler), rule);
	}

	/** The class counts, too: several may inherit the method. */
	private static MethodClassKey key(HandlerMethod handler) {
		return new MethodClassKey(handler.getMethod(), handler.getBeanType());
	}

	/** What asks for scopes of features alone has nothing to do with rights. */
	private boolean mayGiveRights(AccessRule rule) {
		return rule.scopes().isEmpty() || rule.scopes()
			.stream()
			.map(this.catalogue::findOwn)
			.anyMatch((scope) -> scope != null && scope.overRights());
	}

	private static boolean isApi(RequestMappingInfo route) {
		return route.getPatternValues().stream().anyMatch(RouteRules::isApi);
	}

	static boolean isApi(String path) {
		return path.equals("/api") || path.startsWith("/api/");
	}

}
