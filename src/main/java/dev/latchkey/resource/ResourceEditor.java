package dev.latchkey.resource;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.GivingDeniedException;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.resource.ResourceProperties.DeclaredResource;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
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

	/** Of many clients so many are named. */
	private static final int NAMED = 5;

	private final ResourceStore store;

	private final ResourceRegistry known;

	private final ScopeHolders holders;

	private final List<ResourceReferences> references;

	private final GivingRules giving;

	private final ResourceFields fields;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ResourceEditor(ResourceStore store, ResourceRegistry known, ScopeHolders holders,
			List<ResourceReferences> references, GivingRules giving, ScopeCatalogue catalogue,
			ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.known = known;
		this.holders = holders;
		this.references = references;
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
			List<Resource> left = new ArrayList<>(all);
			left.remove(before);
			left.add(after);
			forgetGone(by, all, left);
		}
		return new Put(after, before == null);
	}

	/**
	 * Removes a resource with its scopes.
	 * @param by who asks
	 * @return whether there was one of that name
	 * @throws ResourceConflictException if the settings declare it, if one of its scopes
	 * is held, or if a living token or a client is bound to it
	 */
	@RetriedTransaction
	boolean remove(Actor by, String name) {
		this.store.take();
		List<Resource> all = this.store.all();
		Resource before = find(all, name).orElse(null);
		if (before == null) {
			return false;
		}
		if (before.managedBySettings()) {
			throw ResourceConflictException.managedBySettings();
		}
		requireMayChange(by, before, null);
		requireNotHeld(before.scopes());
		String user = users(name);
		if (user != null) {
			throw ResourceConflictException.inUse("The resource is in use: %s.".formatted(user));
		}
		delete(by, before);
		forgetGone(by, all, all.stream().filter((one) -> !one.equals(before)).toList());
		return true;
	}

	/**
	 * Makes the resources of the settings what these declare. What they do not have any
	 * more and somebody holds is kept: a scope is retired, with the resource that its
	 * first part belongs to now, and a resource keeps its name.
	 * @return what is kept so
	 * @throws InvalidFieldsException if one begins with what is this server's own
	 * @throws ResourceConflictException if another one has its address or what its scopes
	 * begin with
	 */
	@RetriedTransaction
	Kept declare(List<DeclaredResource> declared) {
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
		Kept kept = keep(before, after);
		List<Resource> all = List.copyOf(after.values());
		all.stream().filter(Resource::managedBySettings).forEach((resource) -> requireRoomAmong(all, resource));
		before.values()
			.stream()
			.filter((one) -> !after.containsKey(one.name()))
			.forEach((one) -> delete(Actor.SERVER, one));
		List<Resource> changed = all.stream().filter((one) -> !one.equals(before.get(one.name()))).toList();
		this.store.leaveAddresses(changed.stream().map(Resource::name).toList());
		changed.forEach((one) -> write(Actor.SERVER, before.get(one.name()), one));
		forgetGone(Actor.SERVER, before.values(), all);
		return kept;
	}

	/** Adds to what is declared what somebody holds of what was there. */
	private Kept keep(Map<String, Resource> before, Map<String, Resource> after) {
		List<Scope> retired = new ArrayList<>();
		List<String> resources = new ArrayList<>();
		for (Resource one : before.values()) {
			Resource now = after.get(one.name());
			if (!one.managedBySettings() && (now == null || !now.managedBySettings())) {
				continue;
			}
			if (now == null && users(one.name()) != null) {
				resources.add(one.name());
				after.put(one.name(), remainder(one, after.values()));
			}
			for (Scope scope : held(one, after.values())) {
				String home = after.values()
					.stream()
					.filter((other) -> owns(other, Scope.firstPart(scope.name())))
					.map(Resource::name)
					.findFirst()
					.orElse(one.name());
				Scope last = retired(scope, home);
				retired.add(last);
				Resource owner = (after.get(home) != null) ? after.get(home) : remainder(one, after.values());
				List<Scope> all = new ArrayList<>(owner.scopes());
				all.add(last);
				after.put(home, new Resource(home, owner.address(), true, all));
			}
		}
		return new Kept(retired, resources);
	}

	/** A resource that is declared no more; its address may be another one's now. */
	private static Resource remainder(Resource before, Collection<Resource> after) {
		boolean taken = after.stream().anyMatch((other) -> other.address().equals(before.address()));
		return new Resource(before.name(), taken ? "urn:latchkey:left:" + before.name() : before.address(), true,
				List.of());
	}

	private static boolean owns(Resource resource, String firstPart) {
		return resource.scopes().stream().anyMatch((scope) -> Scope.firstPart(scope.name()).equals(firstPart));
	}

	/** Those of its scopes that nobody has any more, and tokens hold. */
	private List<Scope> held(Resource before, Collection<Resource> after) {
		List<Scope> gone = before.scopes()
			.stream()
			.filter((scope) -> after.stream().allMatch((other) -> other.scope(scope.name()).isEmpty()))
			.toList();
		Set<String> held = this.holders.held(gone.stream().map(Scope::name).toList());
		return gone.stream().filter((scope) -> held.contains(scope.name())).toList();
	}

	private Scope retired(Scope scope, String resource) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		return new Scope(scope.name(), scope.description(), scope.role(), false, resource,
				scope.isRetiredAt(now) ? scope.retiredAt() : now);
	}

	/** Who is bound to a resource, in words, or null. */
	private @Nullable String users(String resource) {
		if (this.holders.areBoundTo(resource)) {
			return "living tokens are bound to it";
		}
		List<String> clients = this.references.stream()
			.flatMap((one) -> one.dependants(resource).stream())
			.limit(NAMED)
			.toList();
		return clients.isEmpty() ? null : "these clients belong to it: " + String.join(", ", clients);
	}

	/** What nobody has any more is forgotten wherever it stands. */
	private void forgetGone(Actor by, Collection<Resource> before, Collection<Resource> after) {
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

	/**
	 * What the settings do not have any more and somebody holds.
	 *
	 * @param scopes scopes, which are retired
	 * @param resources names of resources
	 */
	record Kept(List<Scope> scopes, List<String> resources) {

	}

	/** A resource that was put in its place, and whether there was none before. */
	record Put(Resource resource, boolean isNew) {

	}

}
