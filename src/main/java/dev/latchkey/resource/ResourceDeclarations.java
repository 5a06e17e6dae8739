package dev.latchkey.resource;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.latchkey.caller.Actor;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.resource.ResourceProperties.DeclaredResource;
import dev.latchkey.scope.Scope;
import dev.latchkey.token.ScopeHolders;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;

import org.springframework.stereotype.Service;

/**
 * Makes the resources of the settings what these declare.
 */
@Service
class ResourceDeclarations {

	private final ResourceStore store;

	private final ResourceWriter writer;

	private final ScopeHolders holders;

	private final ResourceFields fields;

	private final Clock clock;

	ResourceDeclarations(ResourceStore store, ResourceWriter writer, ScopeHolders holders, ResourceFields fields,
			Clock clock) {
		this.store = store;
		this.writer = writer;
		this.holders = holders;
		this.fields = fields;
		this.clock = clock;
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
		all.stream()
			.filter(Resource::managedBySettings)
			.forEach((resource) -> ResourceWriter.requireRoomAmong(all, resource));
		before.values()
			.stream()
			.filter((one) -> !after.containsKey(one.name()))
			.forEach((one) -> this.writer.delete(Actor.SERVER, one));
		List<Resource> changed = all.stream().filter((one) -> !one.equals(before.get(one.name()))).toList();
		this.store.leaveAddresses(changed.stream().map(Resource::name).toList());
		changed.forEach((one) -> this.writer.write(Actor.SERVER, before.get(one.name()), one));
		this.writer.forgetGone(Actor.SERVER, before.values(), all);
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
			if (now == null && this.writer.users(one.name()) != null) {
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

	/**
	 * What the settings do not have any more and somebody holds.
	 *
	 * @param scopes scopes, which are retired
	 * @param resources names of resources
	 */
	record Kept(List<Scope> scopes, List<String> resources) {

	}

}
