package dev.latchkey.embedded;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.value.OrderedIds;
import dev.latchkey.verification.Beliefs;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the rows that verification joins, {@code token_owner}, as the application says
 * that its users are, and remembers for a while what it said.
 * <p>
 * A row is written only where it differs: each write makes every node ask the database
 * anew. When the application was last asked stands in memory alone.
 */
class OwnerMirror {

	/** How long one request waits for another that asks about the same user. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final int MOST = 100_000;

	private static final String UPDATE = """
			update token_owner set enabled = ?, username = ?, name = ?, roles = ?
			where id = ? and (enabled, username, name, roles) is distinct from (?, ?, ?, ?)
			""";

	private static final String INSERT = """
			insert into token_owner (id, enabled, username, name, roles, host_id) values (?, ?, ?, ?, ?, ?)
			on conflict (host_id) do nothing
			""";

	private final JdbcTemplate jdbc;

	private final Beliefs beliefs;

	private final TokenOwners owners;

	private final Duration maxStaleness;

	private final HostRights rights;

	private final Clock clock;

	private final Cache<UUID, Known> known = Caffeine.newBuilder().maximumSize(MOST).build();

	private final ReentrantLock[] asking = new ReentrantLock[64];

	OwnerMirror(JdbcTemplate jdbc, Beliefs beliefs, TokenOwners owners, Duration maxStaleness, HostRights rights,
			Clock clock) {
		this.jdbc = jdbc;
		this.beliefs = beliefs;
		this.owners = owners;
		this.maxStaleness = maxStaleness;
		this.rights = rights;
		this.clock = clock;
		Arrays.setAll(this.asking, (place) -> new ReentrantLock());
	}

	/**
	 * Returns the owner as the application said, no longer ago than may be. Whoever asks
	 * for the same one at the same time waits and gets the same answer.
	 * @throws OwnerUnknownException if the application does not say
	 */
	Known current(UUID ownerId) {
		Known remembered = remembered(ownerId);
		if (remembered != null) {
			return remembered;
		}
		ReentrantLock lock = this.asking[Math.floorMod(ownerId.hashCode(), this.asking.length)];
		if (!lockFor(lock)) {
			throw new OwnerUnknownException("The application has not said in time who the owner is", null);
		}
		try {
			remembered = remembered(ownerId);
			return (remembered != null) ? remembered : renew(ownerId);
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Returns the owner as the application says when it is asked now. Who keeps an answer
	 * has perhaps heard of a change that has not come here.
	 * @throws OwnerUnknownException if the application does not say
	 */
	Known asked(UUID ownerId) {
		return renew(ownerId);
	}

	/**
	 * Returns for how long is believed what it says.
	 */
	Duration maxStaleness() {
		return this.maxStaleness;
	}

	/**
	 * Asks the application for a user to whom a token is to be given.
	 * @throws IllegalArgumentException if there is no such user
	 * @throws OwnerUnknownException if the application does not say
	 */
	TokenOwner require(String hostId) {
		return ask(hostId).orElseThrow(() -> new IllegalArgumentException("There is no such user"));
	}

	/**
	 * Asks the application who has signed in to it.
	 * @return empty where that is nobody who may have tokens
	 * @throws OwnerUnknownException if the application does not say
	 */
	Optional<TokenOwner> signedIn(Authentication signedIn) {
		Optional<String> id;
		try {
			id = this.owners.idOf(signedIn);
		}
		catch (Exception ex) {
			throw new OwnerUnknownException("The application does not say who has signed in", ex);
		}
		if (id == null) {
			throw new OwnerUnknownException("The application answers null when asked who has signed in", null);
		}
		return id.flatMap(this::ask);
	}

	/**
	 * Writes the row of a user, within the open transaction.
	 */
	UUID keep(TokenOwner owner) {
		Facts facts = facts(owner);
		Optional<UUID> found = find(owner.id());
		if (found.isEmpty()) {
			this.jdbc.update(INSERT, OrderedIds.next(this.clock.instant()), facts.enabled(), facts.username(),
					facts.name(), facts.written(), owner.id());
			found = find(owner.id());
		}
		UUID id = found.orElseThrow(() -> new IllegalStateException("The row of the owner is gone"));
		update(id, facts);
		return id;
	}

	/**
	 * Returns under which id tokens know a user, or empty where the user never had one.
	 */
	Optional<UUID> find(String hostId) {
		return this.jdbc.queryForList("select id from token_owner where host_id = ?", UUID.class, hostId)
			.stream()
			.findFirst();
	}

	/**
	 * Has every node ask the application anew about a user, as soon as the open
	 * transaction, if there is one, has ended.
	 */
	void changed(UUID ownerId) {
		this.jdbc.query("select pg_notify('latchkey_changes', ?)", (row) -> {
		}, ownerId.toString());
		afterCompletion(() -> this.beliefs.changed(ownerId));
	}

	private @Nullable Known remembered(UUID ownerId) {
		Known one = this.known.getIfPresent(ownerId);
		return (one != null && System.nanoTime() - one.moment().askedAt() <= this.maxStaleness.toNanos()
				&& this.beliefs.isStillValid(one.moment(), ownerId)) ? one : null;
	}

	private static boolean lockFor(ReentrantLock lock) {
		try {
			return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private Known renew(UUID ownerId) {
		String hostId = this.jdbc.queryForList("select host_id from token_owner where id = ?", String.class, ownerId)
			.stream()
			.findFirst()
			.orElseThrow(() -> new OwnerUnknownException("The row of the owner is gone", null));
		Beliefs.Moment moment = this.beliefs.moment();
		TokenOwner owner = ask(hostId).orElse(null);
		Known renewed = new Known(owner, (owner != null) ? facts(owner) : null, moment);
		if (owner != null) {
			update(ownerId, facts(owner));
		}
		else if (this.jdbc.update("update token_owner set enabled = false where id = ? and enabled", ownerId) > 0) {
			afterCompletion(() -> this.beliefs.changed(ownerId));
		}
		this.known.put(ownerId, renewed);
		return renewed;
	}

	/** Null is no answer, and whoever writes in another language may throw anything. */
	private Optional<TokenOwner> ask(String hostId) {
		Optional<TokenOwner> found;
		try {
			found = this.owners.find(hostId);
		}
		catch (Exception ex) {
			throw new OwnerUnknownException("The application does not say who the owner is", ex);
		}
		if (found == null) {
			throw new OwnerUnknownException("The application answers null when asked who the owner is", null);
		}
		return found;
	}

	private void update(UUID id, Facts facts) {
		String roles = facts.written();
		int written = this.jdbc.update(UPDATE, facts.enabled(), facts.username(), facts.name(), roles, id,
				facts.enabled(), facts.username(), facts.name(), roles);
		if (written > 0) {
			afterCompletion(() -> this.beliefs.changed(id));
		}
	}

	/** By a note in the transaction, never by an event: those may come late. */
	private static void afterCompletion(Runnable note) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			note.run();
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				note.run();
			}

		});
	}

	private Facts facts(TokenOwner owner) {
		return new Facts(owner.enabled(), owner.username(), owner.name(),
				this.rights.roles(AuthorityUtils.createAuthorityList(List.copyOf(owner.authorities()))));
	}

	/**
	 * What the application has said of a user.
	 *
	 * @param owner the user, or null where there was none
	 * @param facts what stands in the row because of that, or null
	 * @param moment when it was asked
	 */
	record Known(@Nullable TokenOwner owner, @Nullable Facts facts, Beliefs.Moment moment) {

		boolean isEnabled() {
			return this.owner != null && this.owner.enabled();
		}

		/**
		 * Returns whether a token was verified by a row that says the same.
		 */
		boolean agreesWith(User row) {
			return this.facts != null && this.facts.enabled() == row.enabled()
					&& this.facts.username().equals(row.email()) && this.facts.name().equals(row.name())
					&& this.facts.roles().equals(row.roles());
		}

	}

	/** What stands in a row. */
	record Facts(boolean enabled, String username, String name, Set<Role> roles) {

		String written() {
			return this.roles.stream().sorted().map(Enum::name).collect(Collectors.joining(" "));
		}

	}

}
