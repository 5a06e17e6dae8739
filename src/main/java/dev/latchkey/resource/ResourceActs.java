package dev.latchkey.resource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Change;
import dev.latchkey.scope.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What the audit is told of resources.
 */
final class ResourceActs {

	private ResourceActs() {
	}

	/**
	 * Returns what is told of a change.
	 * @param before what was there, or null for nothing
	 * @param after what is there now, or null for nothing; not both
	 */
	static AuditedAct of(Actor by, @Nullable Resource before, @Nullable Resource after) {
		AuditAction action = AuditAction.RESOURCE_CHANGED;
		if (before == null) {
			action = AuditAction.RESOURCE_CREATED;
		}
		else if (after == null) {
			action = AuditAction.RESOURCE_REMOVED;
		}
		String name = (after != null) ? after.name() : (before != null) ? before.name() : "";
		return AuditedAct.of(action, by).saying(name).changing(changes(before, after));
	}

	private static List<Change> changes(@Nullable Resource before, @Nullable Resource after) {
		Change.Collector changes = Change.collect()
			.add("address", (before != null) ? before.address() : null, (after != null) ? after.address() : null)
			.add("managed_by_settings", before != null && before.managedBySettings(),
					after != null && after.managedBySettings());
		List<Scope> old = (before != null) ? before.scopes() : List.of();
		List<Scope> now = (after != null) ? after.scopes() : List.of();
		changes.add("scopes", names(old), names(now));
		Set<String> all = new LinkedHashSet<>(names(old));
		all.addAll(names(now));
		for (String name : all) {
			Scope one = find(old, name);
			Scope other = find(now, name);
			String field = "scopes." + name;
			changes
				.add(field + ".description", (one != null) ? one.description() : null,
						(other != null) ? other.description() : null)
				.add(field + ".role", (one != null) ? one.role() : null, (other != null) ? other.role() : null)
				.add(field + ".retired_at", (one != null) ? one.retiredAt() : null,
						(other != null) ? other.retiredAt() : null);
		}
		return changes.toList();
	}

	private static Collection<String> names(List<Scope> scopes) {
		return new ArrayList<>(scopes.stream().map(Scope::name).toList());
	}

	private static @Nullable Scope find(List<Scope> scopes, String name) {
		return scopes.stream().filter((scope) -> scope.name().equals(name)).findFirst().orElse(null);
	}

}
