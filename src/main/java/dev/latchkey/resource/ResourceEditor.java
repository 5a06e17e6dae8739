package dev.latchkey.resource;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.GivingDeniedException;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.token.ScopeHolders;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Changes resources, one change after the other.
 */
@Service
class ResourceEditor {

	private final ResourceStore store;

	private final ResourceRegistry known;

	private final ScopeHolders holders;

	private final GivingRules giving;

	private final ResourceFields fields;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ResourceEditor(ResourceStore store, ResourceRegistry known, ScopeHolders holders, GivingRules giving,
			ScopeCatalogue catalogue, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.known = known;
		this.holders = holders;
		this.giving = giving;
		this.fields = new ResourceFields(
				catalogue.own().stream().map(Scope::name).map(Scope::firstPart).collect(Collectors.toSet()));
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Makes a resource, or makes it what is wanted.
	 * @param by who asks
	 * @return the resource, and whether it is new
	 * @throws InvalidFieldsException with every field that is not acceptable
	 * @throws ResourceConflictException if the settings declare it, if another one has
	 * its address or what its scopes begin with, or if a scope that is to go is held
	 */
	@RetriedTransaction
	Put put(Actor by, String name, WantedResource wanted) {
		this.giving.requireRecent(by);
		FieldFaults faults = new FieldFaults();
		Resource after = this.fields.read(name, wanted, false, faults);
		faults.throwIfAny();
		this.store.take();
		List<Resource> all = this.store.all();
		Resource before = find(all, name).orElse(null);
		if (before != null && before.managedBySettings()) {
			throw ResourceConflictException.managedBySettings();
		}
		requireRoomAmong(all, after);
		if (before != null) {
			requireMayChange(by, before, after);
			requireNotHeld(removed(before, after));
		}
		if (!after.equals(before)) {
			write(by, before, after);
		}
		return new Put(after, before == null);
	}

	/**
	 * Removes a resource with its scopes.
	 * @param by who asks
	 * @return whether there was one of that name
	 * @throws ResourceConflictException if the settings declare it, or if one of its
	 * scopes is held
	 */
	@RetriedTransaction
	boolean remove(Actor by, String name) {
		this.store.take();
		Resource before = find(this.store.all(), name).orElse(null);
		if (before == null) {
			return false;
		}
		if (before.managedBySettings()) {
			throw ResourceConflictException.managedBySettings();
		}
		requireMayChange(by, before, null);
		requireNotHeld(before.scopes());
		this.store.delete(name);
		this.known.forget();
		this.events.publishEvent(ResourceActs.of(by, before, null));
		return true;
	}

	private void write(Actor by, @Nullable Resource before, Resource after) {
		this.store.write(after, this.clock.instant());
		this.known.forget();
		this.events.publishEvent(ResourceActs.of(by, before, after));
	}

	/** What a scope is named after, and an address, belongs to one resource. */
	private static void requireRoomAmong(List<Resource> all, Resource wanted) {
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

	/** What one's own role does not allow, one gives to nobody else either. */
	private static void requireMayChange(Actor by, Resource before, @Nullable Resource after) {
		for (Scope scope : before.scopes()) {
			boolean stays = after != null && after.scope(scope.name()).map(scope::equals).orElse(false);
			if (!stays && by.caller() != null && !Role.anyIncludes(by.caller().user().roles(), scope.role())) {
				throw new GivingDeniedException(
						"Only a superuser changes a scope that is for superusers: %s.".formatted(scope.name()));
			}
		}
	}

	private static Set<Scope> removed(Resource before, Resource after) {
		Set<Scope> removed = new HashSet<>(before.scopes());
		removed.removeIf((scope) -> after.scope(scope.name()).isPresent());
		return removed;
	}

	private void requireNotHeld(Iterable<Scope> scopes) {
		Set<String> names = new HashSet<>();
		scopes.forEach((scope) -> names.add(scope.name()));
		Set<String> held = this.holders.held(names);
		if (!held.isEmpty()) {
			throw ResourceConflictException
				.inUse("Living tokens hold %s; a scope that is held can be retired".formatted(String.join(", ", held))
						+ " (retired_at), and removed when they have ended.");
		}
	}

	private static Optional<Resource> find(List<Resource> all, String name) {
		return all.stream().filter((resource) -> resource.name().equals(name)).findFirst();
	}

	/** A resource that was put in its place, and whether there was none before. */
	record Put(Resource resource, boolean isNew) {

	}

}
