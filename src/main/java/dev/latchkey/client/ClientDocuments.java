package dev.latchkey.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.caller.Actor;
import dev.latchkey.limit.NetworkLimits;
import dev.latchkey.limit.NetworkLimits.Door;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Learns of clients that nobody has registered from the documents that they have at the
 * address which is their name. They are asked for when somebody who is signed in is asked
 * for consent, few at a time, and believed for as long as they say, within bounds; what
 * could not be read is not asked for again for a minute.
 */
@Component
public class ClientDocuments {

	private static final int FAILURES = 1000;

	private static final Duration FAILURE_LIFE = Duration.ofMinutes(1);

	private final ClientDocumentProperties properties;

	private final DocumentFetch fetch;

	private final ClientStore store;

	private final DocumentedClients clients;

	private final RemovedClients removed;

	private final ScopeCatalogue catalogue;

	private final NetworkLimits limits;

	private final Clock clock;

	private final DocumentPlaces places = new DocumentPlaces();

	private final Cache<String, DocumentRefusedException> failures = Caffeine.newBuilder()
		.maximumSize(FAILURES)
		.expireAfterWrite(FAILURE_LIFE)
		.build();

	ClientDocuments(ClientDocumentProperties properties, ClientStore store, DocumentedClients clients,
			RemovedClients removed, ScopeCatalogue catalogue, NetworkLimits limits, Clock clock) {
		this.properties = properties;
		this.fetch = new DocumentFetch(properties);
		this.store = store;
		this.clients = clients;
		this.removed = removed;
		this.catalogue = catalogue;
		this.limits = limits;
		this.clock = clock;
	}

	/**
	 * Returns whether clients may describe themselves.
	 */
	public boolean areEnabled() {
		return this.properties.enabled();
	}

	/**
	 * Returns whether a client's name is the address of its document.
	 */
	public static boolean isAddress(String clientId) {
		return DocumentAddress.isOne(clientId);
	}

	/**
	 * Returns the host that describes a client and that nobody vouches for, or empty for
	 * a client that somebody has registered or allowed.
	 */
	public Optional<String> unverifiedHost(Client client) {
		return DocumentAddress.parse(client.clientId())
			.filter((address) -> !this.properties.allows(address))
			.map(DocumentAddress::authority);
	}

	/**
	 * Reads the document of a client, unless what it said is believed still.
	 * @param by who is asked for consent
	 * @throws DocumentRefusedException if there is none that this server takes
	 * @throws TooManyException if too many were asked for from there
	 */
	public void learn(Actor by, String clientId) {
		DocumentAddress address = DocumentAddress.parse(clientId)
			.filter((one) -> this.properties.admits(clientId))
			.orElseThrow(() -> DocumentRefusedException.of("There is no client of this name."));
		if (isKnown(clientId)) {
			return;
		}
		this.limits.count(Door.DOCUMENT, "");
		DocumentPlaces.Place place = this.places.take(by.userId(), address.authority());
		try {
			// Somebody else may have read it meanwhile.
			if (!isKnown(clientId)) {
				read(by, address);
			}
		}
		finally {
			place.close();
		}
	}

	private void read(Actor by, DocumentAddress address) {
		ClientDocument document;
		try {
			document = ClientDocument.read(address, this.fetch.fetch(address));
		}
		catch (DocumentRefusedException ex) {
			this.failures.put(address.text(), ex);
			throw ex;
		}
		Instant now = this.clock.instant();
		this.clients.save(by, toClient(address.text(), document, now), document.scope() != null,
				now.plus(document.life()));
	}

	/**
	 * Returns whether what its document said is believed still.
	 * @throws DocumentRefusedException if it is known that there is none to be taken
	 */
	private boolean isKnown(String clientId) {
		Instant until = this.store.documentUntil(clientId);
		if (until != null && this.clock.instant().isBefore(until)) {
			return true;
		}
		if (this.removed.contains(clientId)) {
			throw DocumentRefusedException.of("An administrator has removed this client.");
		}
		DocumentRefusedException failure = this.failures.getIfPresent(clientId);
		if (failure != null) {
			throw failure;
		}
		return false;
	}

	/** What it may ask for, and no more than somebody agrees to. */
	private Client toClient(String clientId, ClientDocument document, Instant now) {
		@Nullable Scopes asked = document.scope();
		Scopes scopes = Scopes.of(this.catalogue.offered()
			.stream()
			.map(Scope::name)
			.filter((name) -> asked == null || this.catalogue.covers(asked, name))
			.collect(Collectors.toSet()));
		return new Client(UUID.randomUUID(), clientId, document.name(), false,
				ClientTerms.ofApplication(document.grantTypes(), scopes, document.redirectUris()), ClientAccount.NONE,
				ClientHistory.begin(now, null));
	}

}
