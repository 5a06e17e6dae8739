package dev.latchkey.resource;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.latchkey.caller.Actor;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.ScopeHolders;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Writes and removes resources, with all that a change takes along: what this node knows,
 * the audit, and whatever names what is gone.
 */
@Component
class ResourceWriter {

	/** Of many clients so many are named. */
	private static final int NAMED = 5;

	private final ResourceStore store;

	private final ResourceRegistry known;

	private final ScopeHolders holders;

	private final List<ResourceReferences> references;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ResourceWriter(ResourceStore store, ResourceRegistry known, ScopeHolders holders,
			List<ResourceReferences> references, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.known = known;
		this.holders = holders;
		this.references = references;
		this.events = events;
		this.clock = clock;
	}

	void write(Actor by, @Nullable Resource before, Resource after) {
		this.store.write(after, this.clock.instant());
		this.known.forget();
		this.events.publishEvent(ResourceActs.of(by, before, after));
	}

	void delete(Actor by, Resource before) {
		this.store.delete(before.name());
		this.known.forget();
		this.events.publishEvent(ResourceActs.of(by, before, null));
	}

	/** What nobody has any more is forgotten wherever it stands. */
	void forgetGone(Actor by, Collection<Resource> before, Collection<Resource> after) {
		Set<String> left = scopeNames(after);
		Set<String> gone = scopeNames(before);
		gone.removeAll(left);
		Set<String> scopes = new TreeSet<>(gone);
		gone.forEach((name) -> Scope.wildcardsOver(name)
			.stream()
			.filter((wildcard) -> left.stream().noneMatch(Scopes.of(wildcard)::covers))
			.forEach(scopes::add));
		Set<String> resources = before.stream().map(Resource::name).collect(Collectors.toCollection(TreeSet::new));
		after.forEach((one) -> resources.remove(one.name()));
		if (!scopes.isEmpty() || !resources.isEmpty()) {
			this.references.forEach((one) -> one.forget(by, scopes, resources));
		}
	}

	private static Set<String> scopeNames(Collection<Resource> resources) {
		return resources.stream()
			.flatMap((one) -> one.scopes().stream())
			.map(Scope::name)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** Who is bound to a resource, in words, or null. */
	@Nullable String users(String resource) {
		if (this.holders.areBoundTo(resource)) {
			return "living tokens are bound to it";
		}
		List<String> clients = this.references.stream()
			.flatMap((one) -> one.dependants(resource).stream())
			.limit(NAMED)
			.toList();
		return clients.isEmpty() ? null : "these clients belong to it: " + String.join(", ", clients);
	}

	/** What a scope is named after, and an address, belongs to one resource. */
	static void requireRoomAmong(List<Resource> all, Resource wanted) {
		Set<String> parts = wanted.scopes().stream().map(Scope::name).map(Scope::firstPart).collect(Collectors.toSet());
		for (Resource other : all) {
			if (other.name().equals(wanted.name())) {
				continue;
			}
			if (other.address().equals(wanted.address())) {
				throw ResourceConflictException.inUse("The resource %s has this address.".formatted(other.name()));
			}
			for (Scope scope : other.scopes()) {
				if (parts.contains(Scope.firstPart(scope.name()))) {
					throw ResourceConflictException.inUse("Scopes that begin with %s belong to the resource %s."
						.formatted(Scope.firstPart(scope.name()), other.name()));
				}
			}
		}
	}

}
