package dev.latchkey.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.latchkey.caller.Caller;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scope;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.firewall.RequestRejectedException;

/**
 * What a proxy asks for. All of it must hold together, so that whoever adds something can
 * only have more refused.
 *
 * @param scopes those that the caller needs, all of them
 * @param anyOf of each of these one
 * @param resources those that the caller's token is bound to, all of them
 */
record Conditions(List<String> scopes, List<List<String>> anyOf, List<String> resources) {

	private static final String SCOPE = "Latchkey-Scope";

	private static final String ANY_SCOPE = "Latchkey-Any-Scope";

	private static final String RESOURCE = "Latchkey-Resource";

	/** Nobody has a scope without a name. */
	private static final Conditions OF_NOBODY = new Conditions(List.of(""), List.of(), List.of());

	/**
	 * Reads the query of {@code /forward-auth}. It is written by whoever has set up the
	 * proxy; all {@code any_scope} together are one condition, which one of them meets,
	 * so that one more is one more to choose from, as in a header one more word. The
	 * container's parameters would be those of a form, too, which is the client's.
	 */
	static Conditions ofQuery(@Nullable String query) {
		List<String> scopes = new ArrayList<>();
		List<String> choice = new ArrayList<>();
		List<String> resources = new ArrayList<>();
		try {
			for (String parameter : (query != null) ? query.split("&") : new String[0]) {
				int equals = parameter.indexOf('=');
				String name = decoded((equals < 0) ? parameter : parameter.substring(0, equals));
				String value = decoded((equals < 0) ? "" : parameter.substring(equals + 1));
				switch (name) {
					case "scope" -> Collections.addAll(scopes, value.split(" ", -1));
					case "any_scope" -> Collections.addAll(choice, value.split(" ", -1));
					case "resource" -> resources.add(value);
					default -> {
						// What other proxies or versions may ask for.
					}
				}
			}
		}
		catch (IllegalArgumentException ex) {
			return OF_NOBODY;
		}
		return new Conditions(scopes, choice.isEmpty() ? List.of() : List.of(choice), resources);
	}

	private static String decoded(String text) {
		if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
			return text;
		}
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	/**
	 * Reads the headers of a request beneath {@code /forward-auth/}, or returns null
	 * where there is none of them. A client may have sent some beside the proxy's, which
	 * may have joined them by commas (RFC 9110 section 5.3): each part is a condition by
	 * itself, a choice too.
	 */
	static @Nullable Conditions ofHeaders(HttpServletRequest request) {
		List<String> scopes = new ArrayList<>();
		List<List<String>> anyOf = new ArrayList<>();
		List<String> resources = new ArrayList<>();
		try {
			List<String> asked = parts(request, SCOPE);
			asked.forEach((part) -> scopes.addAll(names(part)));
			parts(request, ANY_SCOPE).forEach((part) -> anyOf.add(names(part)));
			resources.addAll(parts(request, RESOURCE));
			return (asked.isEmpty() && anyOf.isEmpty() && resources.isEmpty()) ? null
					: new Conditions(scopes, anyOf, resources);
		}
		catch (RequestRejectedException ex) {
			return OF_NOBODY;
		}
	}

	private static List<String> parts(HttpServletRequest request, String header) {
		List<String> parts = new ArrayList<>();
		for (String line : Collections.list(request.getHeaders(header))) {
			for (String part : line.split(",", -1)) {
				parts.add(part.strip());
			}
		}
		return parts;
	}

	private static List<String> names(String part) {
		return part.isEmpty() ? List.of() : List.of(part.split("[ \t]+"));
	}

	/**
	 * Returns whether the caller's token is one at all of these resources. Where nothing
	 * at all is named, a token of this server is asked for: one that is bound to other
	 * services is none elsewhere. A scope that is named says where, since nobody has it
	 * but at its resource.
	 */
	boolean areAskedWhereKnown(Caller caller) {
		Resources bound = caller.currentToken().orElseThrow().resources();
		if (this.scopes.isEmpty() && this.anyOf.isEmpty() && this.resources.isEmpty()) {
			return bound.includes(Scope.THIS_SERVER);
		}
		for (String resource : this.resources) {
			if (!bound.includes(resource)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns what of that an admitted caller has: all scopes, and of each choice those
	 * that would do.
	 */
	Set<String> opening(Caller caller) {
		Set<String> opening = new LinkedHashSet<>(this.scopes);
		this.anyOf.forEach((choice) -> choice.stream().filter(caller::can).forEach(opening::add));
		return opening;
	}

	/**
	 * Returns whether the caller may do what is asked.
	 */
	boolean areMetBy(Caller caller) {
		for (String scope : this.scopes) {
			if (!caller.can(scope)) {
				return false;
			}
		}
		return this.anyOf.stream().allMatch((choice) -> choice.stream().anyMatch(caller::can));
	}

	/**
	 * Returns whether some token could meet them: nobody has what is no scope's name.
	 */
	boolean canBeMet() {
		return this.scopes.stream().allMatch(Scope::isName)
				&& this.anyOf.stream().allMatch((choice) -> choice.stream().anyMatch(Scope::isName));
	}

	/**
	 * Returns all scopes that are named, in their order.
	 */
	List<String> named() {
		List<String> names = new ArrayList<>(this.scopes);
		this.anyOf.forEach(names::addAll);
		return names.stream().distinct().toList();
	}

}
