package dev.latchkey.scope;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where several classes inherit a route, each has the rule that stands at it.
 */
class InheritedRouteTests {

	@Test
	void eachClassHasItsOwnRule() throws NoSuchMethodException {
		RouteRules rules = rules();
		assertThat(rules.ruleFor(new HandlerMethod(new Notes(), Things.class.getDeclaredMethod("things"))))
			.isEqualTo(new AccessRule(AccessRule.Kind.ALL_OF, List.of("notes:read")));
		assertThat(rules.ruleFor(new HandlerMethod(new Users(), Things.class.getDeclaredMethod("things"))))
			.isEqualTo(new AccessRule(AccessRule.Kind.ALL_OF, List.of("users:read")));
	}

	private static RouteRules rules() {
		StaticWebApplicationContext context = new StaticWebApplicationContext();
		context.registerSingleton("notes", Notes.class);
		context.registerSingleton("users", Users.class);
		context.refresh();
		RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
		mapping.setApplicationContext(context);
		mapping.afterPropertiesSet();
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("mapping", mapping);
		RouteRules rules = new RouteRules(beans.getBeanProvider(RequestMappingHandlerMapping.class), new ScopeCatalogue(
				List.of(new Scope("notes:read", "", Role.USER), new Scope("users:read", "", Role.ADMIN)), Map::of));
		rules.afterSingletonsInstantiated();
		return rules;
	}

	abstract static class Things {

		@GetMapping("/things")
		String things() {
			return "";
		}

	}

	@RestController
	@RequestMapping("/api/notes")
	@RequiresScope("notes:read")
	static class Notes extends Things {

	}

	@RestController
	@RequestMapping("/api/users")
	@RequiresScope("users:read")
	static class Users extends Things {

	}

}
