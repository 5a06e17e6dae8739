package dev.latchkey.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.latchkey.language.Words;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;

import org.springframework.stereotype.Component;

/**
 * Offers the scopes that somebody's roles allow, grouped by what they are about.
 */
@Component
class ScopeChoices {

	private final ScopeCatalogue catalogue;

	ScopeChoices(ScopeCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	Map<String, List<Scope>> grouped(Collection<Role> roles) {
		return allowed(roles).stream()
			.collect(Collectors.groupingBy(ScopeChoices::group, LinkedHashMap::new, Collectors.toList()));
	}

	/**
	 * Returns the names that a quick choice ticks: {@code all}, or {@code read}.
	 */
	List<String> quick(String choice, Collection<Role> roles) {
		return allowed(roles).stream()
			.map(Scope::name)
			.filter((name) -> !choice.equals("read") || reads(name))
			.toList();
	}

	/**
	 * Returns what a token may be narrowed to: its own scopes, and after each wildcard
	 * what it covers and might stand in its place.
	 */
	List<Narrowing> narrowing(Scopes held) {
		List<Narrowing> choices = new ArrayList<>();
		for (String name : held.names()) {
			choices.add(new Narrowing(name, description(name)));
		}
		for (Scope scope : this.catalogue.offered()) {
			if (!held.names().contains(scope.name()) && this.catalogue.covers(held, scope.name())) {
				choices.add(new Narrowing(scope.name(), scope.description()));
			}
		}
		return choices;
	}

	private String description(String name) {
		Scope scope = this.catalogue.find(name);
		if (scope != null) {
			return scope.description();
		}
		return Words.of(name.equals(Scopes.ALL) ? "new.all" : "new.all-beginning");
	}

	static boolean reads(String scope) {
		return Arrays.asList(scope.split("[:._-]")).contains("read");
	}

	private List<Scope> allowed(Collection<Role> roles) {
		return this.catalogue.offered().stream().filter((scope) -> Role.anyIncludes(roles, scope.role())).toList();
	}

	/** This server's by what they are about, those of other services by the service. */
	private static String group(Scope scope) {
		return (scope.resource() != null) ? scope.resource() : Scope.firstPart(scope.name());
	}

	/** A scope that a token may keep or get in a wildcard's place. */
	record Narrowing(String name, String description) {

	}

}
