package dev.latchkey.introspection;

import java.util.UUID;
import java.util.function.BooleanSupplier;

import dev.latchkey.endpoint.OAuthForm;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Says which client makes a request. Introspection and revocation ask it and know nothing
 * else of clients.
 */
public interface RequestingClients {

	/**
	 * Returns the one {@code Authorization} header, or null where there is none.
	 * @throws dev.latchkey.endpoint.OAuthException if there are two
	 */
	@Nullable String header(HttpServletRequest request);

	/**
	 * Returns the client that proves itself by its secret.
	 * @throws dev.latchkey.endpoint.OAuthException if none does
	 */
	RequestingClient requireConfidential(OAuthForm form);

	/**
	 * Returns the client likewise, as the database has it now, by a statement that begins
	 * after this call.
	 * @throws dev.latchkey.endpoint.OAuthException if none does
	 */
	RequestingClient requireConfidentialAsked(OAuthForm form);

	/**
	 * Returns what says later whether nothing has changed of a client; the database may
	 * have to be asked for that.
	 */
	BooleanSupplier standing(RequestingClient client);

	/**
	 * Lets a client pass that proves itself by its secret, or says its name if it has
	 * none.
	 * @throws dev.latchkey.endpoint.OAuthException if there is no such client
	 */
	void requireAny(OAuthForm form);

	/**
	 * A client that has proven itself.
	 *
	 * @param id its registration
	 * @param clientId what it calls itself
	 * @param resource the service that it belongs to, or null for none
	 */
	record RequestingClient(UUID id, String clientId, @Nullable String resource) {

	}

}
