package dev.latchkey.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * The paths of the application's functional routes, as far as these say which they are.
 */
final class FunctionPaths implements RouterFunctions.Visitor {

	private final Deque<List<String>> around = new ArrayDeque<>(List.of(List.of("")));

	private final List<String> all = new ArrayList<>();

	List<String> all() {
		return this.all;
	}

	@Override
	public void startNested(RequestPredicate predicate) {
		this.around.push(within(predicate));
	}

	@Override
	public void endNested(RequestPredicate predicate) {
		this.around.pop();
	}

	@Override
	public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
		this.all.addAll(within(predicate));
	}

	private List<String> within(RequestPredicate predicate) {
		Named named = new Named();
		predicate.accept(named);
		List<String> outer = this.around.element();
		return named.paths.isEmpty() ? outer
				: outer.stream().flatMap((prefix) -> named.paths.stream().map((path) -> prefix + path)).toList();
	}

	@Override
	public void resources(Function<ServerRequest, Optional<Resource>> lookup) {
		// Whichever there are.
	}

	@Override
	public void attributes(Map<String, Object> attributes) {
		// None says where.
	}

	@Override
	public void unknown(RouterFunction<?> function) {
		// It does not say.
	}

	/** The paths that a condition names, one of which a request has. */
	private static final class Named implements RequestPredicates.Visitor {

		private final List<String> paths = new ArrayList<>();

		private int negated;

		@Override
		public void path(String pattern) {
			if (this.negated == 0) {
				this.paths.add(pattern);
			}
		}

		@Override
		public void startNegate() {
			this.negated++;
		}

		@Override
		public void endNegate() {
			this.negated--;
		}

		@Override
		public void method(Set<HttpMethod> methods) {
			// At whichever path.
		}

		@Override
		@SuppressWarnings("removal")
		public void pathExtension(String extension) {
			// At whichever path.
		}

		@Override
		public void header(String name, String value) {
			// At whichever path.
		}

		@Override
		public void param(String name, String value) {
			// At whichever path.
		}

		@Override
		public void version(String version) {
			// At whichever path.
		}

		@Override
		public void startAnd() {
			// Both name paths, or one.
		}

		@Override
		public void and() {
			// Likewise.
		}

		@Override
		public void endAnd() {
			// Likewise.
		}

		@Override
		public void startOr() {
			// Each names one.
		}

		@Override
		public void or() {
			// Likewise.
		}

		@Override
		public void endOr() {
			// Likewise.
		}

		@Override
		public void unknown(RequestPredicate predicate) {
			// It does not say.
		}

	}

}
