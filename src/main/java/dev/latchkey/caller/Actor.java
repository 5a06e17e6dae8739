package dev.latchkey.caller;

import java.util.UUID;

import dev.latchkey.net.Arrival;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Who acts, with what and from where. Whoever finds out who is calling, by a token, a
 * session or a client's secret, {@linkplain #enter notes} it in the request; whoever
 * tells of an act asks for it here.
 *
 * @param accountId the account that acts, or null where none is known
 * @param account the address of that account, or null
 * @param credential with what it acts, or null
 * @param ip from where, or null where that is not known
 */
public record Actor(@Nullable UUID accountId, @Nullable String account, @Nullable Credential credential,
		@Nullable String ip) {

	/** The server itself, or somebody of whom nothing is known. */
	public static final Actor NOBODY = new Actor(null, null, null, null);

	private static final String ATTRIBUTE = Actor.class.getName();

	/**
	 * Returns who acts in the request under way; outside of requests, the server itself.
	 */
	public static Actor current() {
		if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request)) {
			return NOBODY;
		}
		return of(request.getRequest());
	}

	/**
	 * Returns who acts, or acted, in a request.
	 */
	public static Actor of(ServletRequest request) {
		Actor known = (Actor) request.getAttribute(ATTRIBUTE);
		return ((known != null) ? known : NOBODY).from(Arrival.addressText(request));
	}

	/**
	 * Notes that it is this one who acts in the request under way.
	 */
	public void enter() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request != null) {
			request.setAttribute(ATTRIBUTE, this, RequestAttributes.SCOPE_REQUEST);
		}
	}

	/**
	 * Returns who acts with a client, whoever that is.
	 */
	public static Actor client(UUID id) {
		return new Actor(null, null, new Credential(Credential.Kind.CLIENT, id.toString()), null);
	}

	/**
	 * Returns the token that acts, or null if none does.
	 */
	public @Nullable UUID tokenId() {
		return (this.credential != null && this.credential.kind() == Credential.Kind.TOKEN)
				? UUID.fromString(this.credential.id()) : null;
	}

	/**
	 * Returns the same, acting from there.
	 */
	public Actor from(@Nullable String otherIp) {
		return new Actor(this.accountId, this.account, this.credential, otherIp);
	}

	/**
	 * Returns the same, acting for this account.
	 */
	public Actor as(UUID id, @Nullable String address) {
		return new Actor(id, address, this.credential, this.ip);
	}

}
