package dev.latchkey.resource;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.GivingDeniedException;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.resource.ResourceProperties.DeclaredResource;
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
	 * @param onlyNew whether there must be none of that name
	 * @return the resource, and whether it is new
	 * @throws InvalidFieldsException with every field that is not acceptable
	 * @throws ResourceConflictException if it is there though it should not, if the
	 * settings declare it, if another one has its address or what its scopes begin with,
	 * or if a scope that is to go is held
	 */
	@RetriedTransaction
	Put put(Actor by, String name, WantedResource wanted, boolean onlyNew) {
		this.giving.requireRecent(by);
		FieldFaults faults = new FieldFaults();
		Resource after = this.fields.read(name, wanted, false, faults);
		faults.throwIfAny();
		this.store.take();
		List<Resource> all = this.store.all();
		Resource before = find(all, name).orElse(null);
		if (before != null && onlyNew) {
			throw ResourceConflictException.inUse("There is a service of this name: %s.".formatted(name));
		}
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
		delete(by, before);
		return true;
	}

	/**
	 * Makes the resources of the settings what these declare.
	 * @return scopes that the settings do not have any more and that are retired, since
	 * they are held
	 * @throws InvalidFieldsException if one begins with what is this server's own
	 * @throws ResourceConflictException if another one has its address or what its scopes
	 * begin with
	 */
	@RetriedTransaction
	List<Scope> declare(List<DeclaredResource> declared) {
		this.store.take();
		Map<String, Resource> before = new TreeMap<>();
		this.store.all().forEach((resource) -> before.put(resource.name(), resource));
		Map<String, Resource> after = new TreeMap<>(before);
		after.values().removeIf(Resource::managedBySettings);
		FieldFaults faults = new FieldFaults();
		for (DeclaredResource one : declared) {
			Resource resource = this.fields.read(String.valueOf(one.name()), one.wanted(), true, faults);
			after.put(resource.name(), resource);
		}
		faults.throwIfAny();
		List<Scope> retired = new ArrayList<>();
		for (Resource one : before.values()) {
			Resource now = after.get(one.name());
			if (one.managedBySettings() || (now != null && now.managedBySettings())) {
				List<Scope> held = retired(one, now);
				retired.addAll(held);
				if (!held.isEmpty()) {
					List<Scope> all = new ArrayList<>((now != null) ? now.scopes() : List.of());
					all.addAll(held);
					after.put(one.name(),
							new Resource(one.name(), (now != null) ? now.address() : one.address(), true, all));
				}
			}
		}
		List<Resource> all = List.copyOf(after.values());
		all.stream().filter(Resource::managedBySettings).forEach((resource) -> requireRoomAmong(all, resource));
		before.values()
			.stream()
			.filter((one) -> !after.containsKey(one.name()))
			.forEach((one) -> delete(Actor.SERVER, one));
		for (Resource one : all) {
			if (!one.equals(before.get(one.name()))) {
				write(Actor.SERVER, before.get(one.name()), one);
			}
		}
		return retired;
	}

	/** Those of its scopes that are not there any more, and held. */
	private List<Scope> retired(Resource before, @Nullable Resource after) {
		List<Scope> gone = before.scopes()
			.stream()
			.filter((scope) -> after == null || after.scope(scope.name()).isEmpty())
			.toList();
		Set<String> held = this.holders.held(gone.stream().map(Scope::name).toList());
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		return gone.stream()
			.filter((scope) -> held.contains(scope.name()))
			.map((scope) -> scope.isRetiredAt(now) ? scope
					: new Scope(scope.name(), scope.description(), scope.role(), false, scope.resource(), now))
			.toList();
	}

	private void delete(Actor by, Resource before) {
		this.store.delete(before.name());
		this.known.forget();
		this.events.publishEvent(ResourceActs.of(by, before, null));
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
