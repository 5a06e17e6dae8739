package dev.latchkey.introspection;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.introspection.RequestingClients.RequestingClient;
import dev.latchkey.verification.VerifiedToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks about tokens, in the place of the server's class of the same name:
 * as the application that embeds this says.
 */
public class Requesters {

	/** What a token needs to ask. */
	public static final String SCOPE = "tokens:introspect";

	private final BiFunction<HttpServletRequest, HttpServletResponse, Requester> finding;

	/**
	 * Asks that way.
	 * @param finding refuses who may not by an {@code OAuthException}
	 */
	public Requesters(BiFunction<HttpServletRequest, HttpServletResponse, Requester> finding) {
		this.finding = finding;
	}

	Requester of(OAuthForm form, HttpServletResponse response) {
		return this.finding.apply(form.request(), response);
	}

	/**
	 * Without the secret the application cannot be asked; who follows comes back within
	 * minutes, with the secret.
	 */
	BooleanSupplier standing(RequestingClient client) {
		return () -> true;
	}

	/**
	 * Who asks: a service, or an account with a token.
	 *
	 * @param client the service, or null if it is an account
	 * @param token the account's token, or null if it is a service
	 */
	public record Requester(@Nullable RequestingClient client, @Nullable VerifiedToken token) {

		/**
		 * Returns a service that the application knows by a name.
		 */
		public static Requester service(String name) {
			UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
			return new Requester(new RequestingClient(id, name, null), null);
		}

		/**
		 * Returns an account with this token.
		 */
		public static Requester account(VerifiedToken token) {
			return new Requester(null, token);
		}

	}

}
