package dev.latchkey.caller;

import java.util.UUID;

import dev.latchkey.net.Arrival;
import dev.latchkey.net.RequestId;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, with what and from where: one value, from the door to what the audit is told.
 * Whoever finds out who is calling, by a token, a session or a client's secret,
 * {@linkplain #enter notes} it in the request; handlers take it as an argument with
 * {@link CurrentActor}.
 *
 * @param kind whether a request acts, or the server and whoever runs it
 * @param accountId the account that acts, or null where none is known
 * @param account the address of that account, what the audit calls whoever has none, or
 * null
 * @param credential with what it acts, or null
 * @param ip from where, or null where that is not known
 * @param requestId by which request, or null where it was none
 * @param caller who is calling, with what this call may do, or null where nobody is known
 * who could give a right
 */
public record Actor(Kind kind, @Nullable UUID accountId, @Nullable String account, @Nullable Credential credential,
		@Nullable String ip, @Nullable String requestId, @Nullable Caller caller) {

	/** The server itself, which nobody has asked: at its start, or for its upkeep. */
	public static final Actor SERVER = new Actor(Kind.SERVER, null, null, null, null, null, null);

	/** Whoever may run commands on the server's machine, of whom no more is known. */
	public static final Actor COMMAND_LINE = new Actor(Kind.SERVER, null, "command line", null, null, null, null);

	/** Somebody of whom nothing is known. */
	public static final Actor GUEST = new Actor(Kind.REQUEST, null, null, null, null, null, null);

	private static final String ATTRIBUTE = Actor.class.getName();

	/**
	 * Returns who acts, or acted, in a request.
	 */
	public static Actor of(ServletRequest request) {
		Actor known = (Actor) request.getAttribute(ATTRIBUTE);
		return ((known != null) ? known : GUEST).in(request);
	}

	/**
	 * Returns an account that acts, whatever with.
	 */
	public static Actor account(UUID id) {
		return GUEST.as(id, null);
	}

	/**
	 * Returns who acts with a client, whoever that is.
	 */
	public static Actor client(UUID id) {
		return GUEST.with(new Credential(Credential.Kind.CLIENT, id.toString()));
	}

	/**
	 * Notes in a request that it is this one who acts.
	 */
	public void enter(ServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	/**
	 * Returns the account that acts.
	 * @throws IllegalStateException if none is known
	 */
	public UUID userId() {
		if (this.accountId == null) {
			throw new IllegalStateException("Nobody is known who could do this");
		}
		return this.accountId;
	}

	/**
	 * Returns the token that acts, or null if none does.
	 */
	public @Nullable UUID tokenId() {
		return (this.credential != null && this.credential.kind() == Credential.Kind.TOKEN)
				? UUID.fromString(this.credential.id()) : null;
	}

	/**
	 * Returns the same, acting by this request.
	 */
	Actor in(ServletRequest request) {
		return from(Arrival.addressText(request)).by(RequestId.of(request));
	}

	/**
	 * Returns the same, acting from there.
	 */
	public Actor from(@Nullable String otherIp) {
		return new Actor(this.kind, this.accountId, this.account, this.credential, otherIp, this.requestId,
				this.caller);
	}

	/**
	 * Returns the same, acting by the request of that name, or by any.
	 */
	public Actor by(@Nullable String otherRequestId) {
		return new Actor(this.kind, this.accountId, this.account, this.credential, this.ip, otherRequestId,
				this.caller);
	}

	/**
	 * Returns the same, acting for this account, without what another one may do.
	 */
	public Actor as(UUID id, @Nullable String address) {
		return new Actor(this.kind, id, address, this.credential, this.ip, this.requestId, null);
	}

	/**
	 * Returns the same, acting with this, or with nothing.
	 */
	public Actor with(@Nullable Credential other) {
		return new Actor(this.kind, this.accountId, this.account, other, this.ip, this.requestId, null);
	}

	/**
	 * Returns the same, acting for this account unless it is known who acts.
	 */
	public Actor forOwner(UUID ownerId) {
		return (this.accountId != null || this.account != null) ? this : as(ownerId, null);
	}

	/**
	 * Returns what the audit writes of it: who, with what and from where, and not what
	 * that one may do.
	 */
	Actor named() {
		return (this.caller != null)
				? new Actor(this.kind, this.accountId, this.account, this.credential, this.ip, this.requestId, null)
				: this;
	}

	/** By whose will something is done. */
	public enum Kind {

		/** That of the server, or of whoever runs it. */
		SERVER,

		/** That of whoever sent a request. */
		REQUEST

	}

}
