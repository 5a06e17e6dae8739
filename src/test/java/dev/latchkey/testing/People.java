package dev.latchkey.testing;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.account.NewUser;
import dev.latchkey.account.RawPassword;
import dev.latchkey.account.UserChange;
import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenIssuer;

/**
 * Makes accounts and tokens for tests.
 */
public class People {

	/** The password of every account made here. */
	public static final String PASSWORD = "correct horse battery";

	private final UserService users;

	private final TokenIssuer issuer;

	private final ScopeCatalogue catalogue;

	People(UserService users, TokenIssuer issuer, ScopeCatalogue catalogue) {
		this.users = users;
		this.issuer = issuer;
		this.catalogue = catalogue;
	}

	/**
	 * Returns somebody as he is when he has just signed in.
	 */
	public Caller signedIn(User user) {
		return new Caller(user, this.catalogue.effective(Scopes.of(Scopes.ALL), user.roles()), null,
				Instant.parse("9000-01-01T00:00:00Z"), "a-session");
	}

	/**
	 * Makes an account with the role USER.
	 */
	public User user() {
		return with(Role.USER);
	}

	/**
	 * Makes an account with the role ADMIN.
	 */
	public User admin() {
		return with(Role.ADMIN);
	}

	/**
	 * Makes an account with the role SUPERUSER.
	 */
	public User superuser() {
		return with(Role.SUPERUSER);
	}

	/**
	 * Makes an account with these roles.
	 */
	public User with(Role... roles) {
		String email = "p-" + UUID.randomUUID() + "@example.com";
		return this.users.create(Actor.SERVER,
				new NewUser(email, "Some Body", new RawPassword(PASSWORD), Set.copyOf(Arrays.asList(roles))));
	}

	/**
	 * Makes a token, as its owner would at the page.
	 */
	public IssuedToken token(User owner, String... scopes) {
		return token(owner, TokenRequest.of(scopes));
	}

	/**
	 * Makes a token, as its owner would at the page.
	 */
	public IssuedToken token(User owner, TokenRequest request) {
		return this.issuer.issue(Actor.account(owner.id()), request.asked());
	}

	/**
	 * Makes a token and returns its raw form.
	 */
	public String raw(User owner, String... scopes) {
		return token(owner, scopes).raw().reveal();
	}

	/**
	 * Makes a token and returns its raw form.
	 */
	public String raw(User owner, TokenRequest request) {
		return token(owner, request).raw().reveal();
	}

	/**
	 * Disables an account.
	 */
	public void disable(User user) {
		change(user, UserChanges.ofEnabled(false));
	}

	/**
	 * Lets a disabled account act again.
	 */
	public void enable(User user) {
		change(user, UserChanges.ofEnabled(true));
	}

	/**
	 * Gives an account these roles in place of those that it has.
	 */
	public void setRoles(User user, Role... roles) {
		change(user, UserChanges.ofRoles(Set.copyOf(Arrays.asList(roles))));
	}

	/**
	 * Sets the password of an account.
	 */
	public void setPassword(User user, String password) {
		change(user, UserChanges.ofPassword(new RawPassword(password)));
	}

	private void change(User user, UserChange change) {
		this.users.change(Actor.SERVER, user.id(), change);
	}

}
