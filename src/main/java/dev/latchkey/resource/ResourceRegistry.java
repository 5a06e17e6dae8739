package dev.latchkey.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.latchkey.scope.ResourceScopes;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scope;
import dev.latchkey.verification.Beliefs;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows the resources. What it knows is believed by the rule for tokens: a change reaches
 * every node like a revocation, and a node that does not hear of changes asks the
 * database each time.
 */
@Component
public class ResourceRegistry implements ResourceScopes {

	private final ResourceStore store;

	private final Beliefs beliefs;

	private volatile @Nullable Loaded known;

	ResourceRegistry(ResourceStore store, Beliefs beliefs) {
		this.store = store;
		this.beliefs = beliefs;
	}

	/**
	 * Returns all resources by their names.
	 * @throws org.springframework.dao.DataAccessException if what is remembered may not
	 * be so any more, and the database does not answer
	 */
	public List<Resource> all() {
		return loaded().all();
	}

	/**
	 * Finds a resource by its name.
	 */
	public Optional<Resource> find(String name) {
		return all().stream().filter((resource) -> resource.name().equals(name)).findFirst();
	}

	/**
	 * Finds a resource by its address, to the letter.
	 */
	public Optional<Resource> byAddress(String address) {
		return all().stream().filter((resource) -> resource.address().equals(address)).findFirst();
	}

	@Override
	public Map<String, Scope> byName() {
		return loaded().scopes();
	}

	@Override
	public Map<String, Scope> lockForShare() {
		this.store.lockForShare();
		return scopes(this.store.all());
	}

	/**
	 * Returns whether all of these are there, and keeps them so until the transaction
	 * ends.
	 */
	public boolean lockForShare(Resources resources) {
		if (resources.equals(Resources.OWN)) {
			return true;
		}
		this.store.lockForShare();
		Set<String> names = this.store.all().stream().map(Resource::name).collect(Collectors.toSet());
		names.add(Scope.THIS_SERVER);
		return names.containsAll(resources.names());
	}

	/**
	 * Asks the database, so that what is known from now on was not asked for before this
	 * call. Whoever else goes by what is known does so still.
	 * @throws org.springframework.dao.DataAccessException if the database does not answer
	 */
	public void renew() {
		load(this.known);
	}

	private Loaded loaded() {
		Loaded before = this.known;
		if (before != null && this.beliefs.isStillValid(before.moment(), Beliefs.RESOURCES)) {
			return before;
		}
		return load(before);
	}

	private Loaded load(@Nullable Loaded before) {
		Beliefs.Moment moment = this.beliefs.moment();
		List<Resource> all = this.store.all();
		// What has not changed stays the same map, and with it what is made of it.
		Loaded now = (before != null && before.all().equals(all)) ? new Loaded(before.all(), before.scopes(), moment)
				: new Loaded(all, scopes(all), moment);
		keep(now);
		return now;
	}

	/** An answer to an older question never comes in place of a newer one. */
	private synchronized void keep(Loaded now) {
		Loaded before = this.known;
		if (before == null || now.moment().askedAt() - before.moment().askedAt() >= 0) {
			this.known = now;
		}
	}

	private static Map<String, Scope> scopes(List<Resource> all) {
		Map<String, Scope> scopes = new LinkedHashMap<>();
		all.forEach((resource) -> resource.scopes().forEach((scope) -> scopes.put(scope.name(), scope)));
		return Collections.unmodifiableMap(scopes);
	}

	/**
	 * Stops believing what is known when the transaction has ended: before, a request
	 * could learn anew what was.
	 */
	void forget() {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				ResourceRegistry.this.beliefs.changed(Beliefs.RESOURCES);
			}

		});
	}

	/** The resources, and the moment before they were asked for. */
	private record Loaded(List<Resource> all, Map<String, Scope> scopes, Beliefs.Moment moment) {

	}

}
