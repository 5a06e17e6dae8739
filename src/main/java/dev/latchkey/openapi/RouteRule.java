package dev.latchkey.openapi;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.scope.AccessRule;
import dev.latchkey.web.PageQuery;
import dev.latchkey.web.Takes;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.filters.OpenApiMethodFilter;

import org.springframework.context.annotation.Lazy;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/**
 * Writes into the document what a route's annotations and arguments say: which scopes it
 * asks for, whether anybody may call it, and which page of a list is wanted. It looks at
 * every route, so that none can forget to say it.
 */
@Lazy
@Component
class RouteRule implements OperationCustomizer, OpenApiMethodFilter {

	/** What kind of rule the route has; left out of the finished document. */
	static final String KIND = "x-rule";

	static final String BEARER = "bearer";

	static final String OAUTH = "oauth2";

	/** Of a route about whose right nobody has decided nothing can be said. */
	@Override
	public boolean isMethodToInclude(Method method) {
		return AccessRule.of(method, method.getDeclaringClass()) != null;
	}

	@Override
	public Operation customize(Operation operation, HandlerMethod handler) {
		AccessRule rule = AccessRule.of(handler.getMethod(), handler.getBeanType());
		if (rule == null) {
			throw new IllegalStateException("%s has no rule, so that nothing can be said about it".formatted(handler));
		}
		operation.addExtension(KIND, rule.kind().name());
		operation.setSecurity(requirements(rule));
		List<Parameter> parameters = new ArrayList<>(
				(operation.getParameters() != null) ? operation.getParameters() : List.of());
		for (MethodParameter parameter : handler.getMethodParameters()) {
			if (parameter.getParameterType() == PageQuery.class) {
				parameters.add(new QueryParameter().name("page").schema(new IntegerSchema()));
				parameters.add(new QueryParameter().name("size").schema(new IntegerSchema()));
			}
		}
		// No parameter of a query has to be there.
		parameters.stream()
			.filter((parameter) -> "query".equals(parameter.getIn()))
			.forEach((parameter) -> parameter.setRequired(false));
		operation.setParameters(parameters);
		Takes takes = handler.getMethodAnnotation(Takes.class);
		if (takes != null) {
			operation.setRequestBody(new RequestBody().required(true)
				.content(new Content().addMediaType(takes.value(), new MediaType().schema(new StringSchema()))));
		}
		return operation;
	}

	/**
	 * Of several requirements one is enough. Scopes stand at the scheme that declares
	 * them; a token that was made by hand needs the same.
	 */
	private static List<SecurityRequirement> requirements(AccessRule rule) {
		if (rule.kind() == AccessRule.Kind.EVERYBODY) {
			return List.of();
		}
		Stream<List<String>> ways = (rule.kind() == AccessRule.Kind.ANY_OF) ? rule.scopes().stream().map(List::of)
				: Stream.of(rule.scopes());
		return Stream
			.concat(Stream.of(new SecurityRequirement().addList(BEARER)),
					ways.map((scopes) -> new SecurityRequirement().addList(OAUTH, scopes)))
			.toList();
	}

}
