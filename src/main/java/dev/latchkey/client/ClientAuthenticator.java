package dev.latchkey.client;

import java.util.Enumeration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.client.ClientStore.KnownClient;
import dev.latchkey.endpoint.BasicCredentials;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.introspection.RequestingClients;
import dev.latchkey.limit.NetworkLimits;
import dev.latchkey.limit.NetworkLimits.Door;
import dev.latchkey.problem.TooManyException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Finds the client that makes a request, at every endpoint alike: by the Basic scheme or
 * by the form (RFC 6749 section 2.3.1), never by both. A client without a secret says its
 * name, and nothing or nothing but an empty secret beside it. The audit hears of whoever
 * is refused, for whichever reason, in words of the server's own.
 */
@Component
public class ClientAuthenticator implements RequestingClients {

	private static final String CLIENT_ID = "client_id";

	private final ClientCache clients;

	private final NetworkLimits limits;

	private final ApplicationEventPublisher events;

	ClientAuthenticator(ClientCache clients, NetworkLimits limits, ApplicationEventPublisher events) {
		this.clients = clients;
		this.limits = limits;
		this.events = events;
	}

	@Override
	public @Nullable String header(HttpServletRequest request) {
		return read(request, () -> Optional.ofNullable(theHeader(request))).orElse(null);
	}

	@Override
	public RequestingClient requireConfidential(OAuthForm form) {
		return requireConfidential(form, this.clients::known);
	}

	@Override
	public RequestingClient requireConfidentialAsked(OAuthForm form) {
		return requireConfidential(form, this.clients::asked);
	}

	private RequestingClient requireConfidential(OAuthForm form, Function<String, Optional<KnownClient>> finding) {
		Client client = require(form.request(), read(form), finding, Client::confidential);
		return new RequestingClient(client.id(), client.clientId(), client.resource());
	}

	@Override
	public BooleanSupplier standing(RequestingClient client) {
		Optional<KnownClient> now = this.clients.known(client.clientId());
		return () -> now.isPresent() && now.equals(this.clients.known(client.clientId()));
	}

	@Override
	public void requireAny(OAuthForm form) {
		require(form.request(), read(form));
	}

	/**
	 * Returns the client of that name and secret, and notes in the request that it acts.
	 * @throws OAuthException if there is no such client, or too often was none
	 */
	public Client require(ServletRequest request, Presented presented) {
		return require(request, presented, this.clients::known, (client) -> true);
	}

	/**
	 * Returns the client of that name if the secret is its own, or if it has none and
	 * none is given, and notes in the request that it acts.
	 * @throws TooManyException if too often that client did not prove itself from there
	 */
	public Optional<Client> prove(ServletRequest request, Presented presented) {
		return prove(request, presented, this.clients::known, (client) -> true);
	}

	/**
	 * Reads what a request says of its client.
	 * @throws OAuthException if it says nothing, or two things at once
	 */
	public Presented read(OAuthForm form) {
		return read(form.request(), () -> presented(form));
	}

	private <T> T read(ServletRequest request, Supplier<T> reading) {
		try {
			return reading.get();
		}
		catch (OAuthException refusal) {
			publish(AuditedAct.of(AuditAction.CLIENT_REFUSED, Actor.of(request)).saying(refusal.getMessage()));
			throw refusal;
		}
	}

	private Client require(ServletRequest request, Presented presented, Function<String, Optional<KnownClient>> finding,
			Predicate<Client> enough) {
		try {
			return prove(request, presented, finding, enough).orElseThrow(OAuthException::invalidClient);
		}
		catch (TooManyException ex) {
			throw OAuthException.tooMany(ex);
		}
	}

	/** While there is room a good secret is good, however many are wrong meanwhile. */
	private Optional<Client> prove(ServletRequest request, Presented presented,
			Function<String, Optional<KnownClient>> finding, Predicate<Client> enough) {
		try {
			this.limits.requireRoom(Door.CLIENT, presented.clientId());
		}
		catch (TooManyException ex) {
			publish(AuditedAct.of(AuditAction.CLIENT_REFUSED, Actor.of(request)).saying("too many failures"));
			throw ex;
		}
		Optional<KnownClient> known = finding.apply(presented.clientId());
		Optional<Client> proven = known.filter((client) -> client.admits(presented.secret()))
			.map(KnownClient::client)
			.filter(enough);
		Actor guest = Actor.of(request);
		proven.ifPresentOrElse((client) -> Actor.client(client.id()).enter(request),
				() -> publish(known.map((client) -> ClientActs.of(AuditAction.CLIENT_REFUSED, guest, client.client()))
					.orElseGet(() -> AuditedAct.of(AuditAction.CLIENT_REFUSED, guest).saying("unknown client"))));
		if (proven.isEmpty()) {
			this.limits.count(Door.CLIENT, presented.clientId());
		}
		return proven;
	}

	/** What a guest says that he is could be a secret, so that none of it is written. */
	private void publish(AuditedAct refused) {
		this.events.publishEvent(refused);
	}

	private static @Nullable String theHeader(HttpServletRequest request) {
		Enumeration<String> headers = request.getHeaders(HttpHeaders.AUTHORIZATION);
		if (!headers.hasMoreElements()) {
			return null;
		}
		String value = headers.nextElement();
		if (headers.hasMoreElements()) {
			throw OAuthException.invalidRequest("The header Authorization is given twice.");
		}
		return value;
	}

	private static Presented presented(OAuthForm form) {
		String header = theHeader(form.request());
		String clientId = form.find(CLIENT_ID);
		String secret = form.find("client_secret");
		if (header == null) {
			return of((clientId != null) ? clientId : "", secret);
		}
		if (secret != null) {
			throw OAuthException.invalidRequest("The client proves itself in two ways at once.");
		}
		BasicCredentials credentials = BasicCredentials.read(header);
		Presented presented = of(credentials.name(), credentials.secret());
		if (clientId != null && !clientId.equals(presented.clientId())) {
			throw OAuthException.invalidRequest("The parameter client_id names another client than the header.");
		}
		return presented;
	}

	private static Presented of(String clientId, @Nullable String secret) {
		if (!ClientFields.mayBeName(clientId)) {
			throw OAuthException.invalidClient();
		}
		return new Presented(clientId, (secret != null) ? new ClientSecret(secret) : null);
	}

	/**
	 * What a request says of its client.
	 *
	 * @param clientId the name
	 * @param secret what it says is its secret, or null for nothing
	 */
	public record Presented(String clientId, @Nullable ClientSecret secret) {

	}

}
