package dev.latchkey.embedded;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Where the application's own routes stand, of whichever kind they are: controllers,
 * functions, handlers by their paths, repositories that are published.
 */
final class HostRoutes {

	private final ObjectProvider<HandlerMapping> mappings;

	private final ObjectProvider<PublishedRepositories> repositories;

	HostRoutes(ObjectProvider<HandlerMapping> mappings, ObjectProvider<PublishedRepositories> repositories) {
		this.mappings = mappings;
		this.repositories = repositories;
	}

	/**
	 * Returns the routes of controllers.
	 */
	Stream<RequestMappingHandlerMapping> controllers() {
		return this.mappings.stream()
			.filter(RequestMappingHandlerMapping.class::isInstance)
			.map(RequestMappingHandlerMapping.class::cast);
	}

	/**
	 * Returns the paths of all, as they are declared, with their variables.
	 */
	Stream<String> paths() {
		return Stream.concat(this.mappings.stream().flatMap(HostRoutes::paths),
				this.repositories.stream().flatMap((published) -> published.paths().stream()));
	}

	private static Stream<String> paths(HandlerMapping mapping) {
		if (mapping instanceof RequestMappingHandlerMapping controllers) {
			return controllers.getHandlerMethods()
				.keySet()
				.stream()
				.map(RequestMappingInfo::getPatternValues)
				.flatMap(Collection::stream);
		}
		if (mapping instanceof AbstractUrlHandlerMapping handlers) {
			return handlers.getHandlerMap().keySet().stream();
		}
		if (mapping instanceof RouterFunctionMapping functions && functions.getRouterFunction() != null) {
			FunctionPaths found = new FunctionPaths();
			functions.getRouterFunction().accept(found);
			return found.all().stream();
		}
		return Stream.empty();
	}

	/** Repositories that something publishes by their paths. */
	@FunctionalInterface
	interface PublishedRepositories {

		List<String> paths();

	}

}
