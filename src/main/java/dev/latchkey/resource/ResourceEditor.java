package dev.latchkey.resource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.GivingDeniedException;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.token.ScopeHolders;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Changes resources for people, one change after the other.
 */
@Service
class ResourceEditor {

	private final ResourceStore store;

	private final ResourceWriter writer;

	private final ScopeHolders holders;

	private final GivingRules giving;

	private final ResourceFields fields;

	ResourceEditor(ResourceStore store, ResourceWriter writer, ScopeHolders holders, GivingRules giving,
			ResourceFields fields) {
		this.store = store;
		this.writer = writer;
		this.holders = holders;
		this.giving = giving;
		this.fields = fields;
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
		ResourceWriter.requireRoomAmong(all, after);
		if (before != null) {
			requireMayChange(by, before, after);
			requireNotHeld(removed(before, after));
		}
		if (!after.equals(before)) {
			this.writer.write(by, before, after);
			List<Resource> left = new ArrayList<>(all);
			left.remove(before);
			left.add(after);
			this.writer.forgetGone(by, all, left);
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
		String user = this.writer.users(name);
		if (user != null) {
			throw ResourceConflictException.inUse("The resource is in use: %s.".formatted(user));
		}
		this.writer.delete(by, before);
		this.writer.forgetGone(by, all, all.stream().filter((one) -> !one.equals(before)).toList());
		return true;
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
