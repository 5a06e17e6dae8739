package dev.latchkey.client;

import java.util.Set;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.FieldFaults;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What whoever registers or changes a client may give it, and on which clients one may
 * act. What there is at other services, and what a maker has of it, is known here;
 * everything else {@link GivingRules} decides.
 */
@Component
class ClientRights {

	private final GivingRules giving;

	private final ScopeCatalogue catalogue;

	private final UserService users;

	ClientRights(GivingRules giving, ScopeCatalogue catalogue, UserService users) {
		this.giving = giving;
		this.catalogue = catalogue;
		this.users = users;
	}

	/**
	 * Lets pass who may register a client.
	 * @throws org.springframework.security.access.AccessDeniedException if the caller may
	 * not
	 */
	void requireMayRegister(Actor by) {
		this.giving.requireMayRegister(by);
	}

	/**
	 * Returns the account for which a new client shall act, or null if there is none: a
	 * client that acts for somebody is a way to that one's rights.
	 * @param faults which take note that it may not act for that one
	 */
	@Nullable User account(Actor by, WantedClient wanted, FieldFaults faults) {
		if (wanted.account() == null) {
			return (by.caller() != null) ? by.caller().user() : null;
		}
		User account = this.users.findByEmail(wanted.account()).orElse(null);
		if (account == null || !this.giving.mayActFor(by, account)) {
			faults.addFirst("account", "must be the e-mail address of your own account or of one whose role is lower");
			return null;
		}
		return account;
	}

	/**
	 * Returns the highest role that a new client may act with.
	 */
	Role limit(Actor by, User account) {
		return this.giving.limit(by, account);
	}

	/**
	 * Returns the highest role that a client may act with from now on: no higher than it
	 * does, nor than one who registers it now could give it.
	 */
	@Nullable Role limit(Actor by, Client client) {
		Role limit = client.maxRole();
		User account = account(client);
		if (limit == null || account == null) {
			return limit;
		}
		Role now = this.giving.limit(by, account);
		return limit.includes(now) ? now : limit;
	}

	/**
	 * Returns what of these scopes lies beyond whoever registers a client, or comes to
	 * know its secret. Of other services he gives what his roles allow, and with a token
	 * what stands on that.
	 */
	Set<String> beyond(Actor by, Scopes scopes) {
		Set<String> beyond = this.giving.beyond(by, this.catalogue.covered(scopes));
		Caller caller = by.caller();
		if (caller != null) {
			beyond.removeIf((name) -> !this.catalogue.isOwn(name) && mayGive(caller, name));
		}
		return beyond;
	}

	private boolean mayGive(Caller caller, String foreign) {
		String resource = this.catalogue.resourceOf(foreign);
		return resource != null && this.catalogue.allows(caller.user().roles(), foreign) && caller.currentToken()
			.map((token) -> token.resources().includes(resource) && this.catalogue.covers(token.scopes(), foreign))
			.orElse(true);
	}

	/**
	 * Lets pass who may come to know the secret of a client.
	 * @throws org.springframework.security.access.AccessDeniedException if the caller may
	 * not act on the client, or could not do all that it may
	 */
	void requireMayReplaceSecret(Actor by, Client client) {
		this.giving.requireMayReplaceSecret(by, account(client), client.maxRole(), beyond(by, client.scopes()));
	}

	/**
	 * Lets pass who may act on a client.
	 * @throws org.springframework.security.access.AccessDeniedException if the caller may
	 * not
	 */
	void requireMayActOn(Actor by, Client client) {
		this.giving.requireMayActOn(by, account(client), client.maxRole());
	}

	private @Nullable User account(Client client) {
		return (client.accountId() != null) ? this.users.find(client.accountId()).orElse(null) : null;
	}

}
