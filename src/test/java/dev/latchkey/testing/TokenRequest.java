package dev.latchkey.testing;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import dev.latchkey.token.Expiry;
import dev.latchkey.token.NewToken;
import org.jspecify.annotations.Nullable;

/**
 * What a token is made from in a test: with the default life, good from anywhere and as
 * often as the server allows, unless it says otherwise.
 */
public final class TokenRequest {

	private final List<String> scopes;

	private String name = "test";

	private @Nullable Expiry end;

	private @Nullable Integer days;

	private @Nullable Instant notBefore;

	private List<String> networks = List.of();

	private @Nullable Integer rateLimit;

	private @Nullable String description;

	private @Nullable List<@Nullable String> resources;

	private TokenRequest(Collection<String> scopes) {
		this.scopes = List.copyOf(scopes);
	}

	/**
	 * Asks for these scopes.
	 */
	public static TokenRequest of(String... scopes) {
		return of(List.of(scopes));
	}

	/**
	 * Asks for these scopes.
	 */
	public static TokenRequest of(Collection<String> scopes) {
		return new TokenRequest(scopes);
	}

	/**
	 * Gives it a name.
	 */
	public TokenRequest named(String given) {
		this.name = given;
		return this;
	}

	/**
	 * Lets it end then; null is the default life.
	 */
	public TokenRequest endingAt(@Nullable Instant moment) {
		this.end = (moment != null) ? Expiry.at(moment) : null;
		return this;
	}

	/**
	 * Lets it end in so many days.
	 */
	public TokenRequest endingIn(int number) {
		this.days = number;
		return this;
	}

	/**
	 * Lets it be used from then on; null is at once.
	 */
	public TokenRequest goodFrom(@Nullable Instant moment) {
		this.notBefore = moment;
		return this;
	}

	/**
	 * Lets it be used from these networks alone; none is anywhere.
	 */
	public TokenRequest onlyAt(String... blocks) {
		return onlyAt(List.of(blocks));
	}

	/**
	 * Lets it be used from these networks alone; none is anywhere.
	 */
	public TokenRequest onlyAt(Collection<String> blocks) {
		this.networks = List.copyOf(blocks);
		return this;
	}

	/**
	 * Allows so many requests a minute; null is the server's default.
	 */
	public TokenRequest atMost(@Nullable Integer requests) {
		this.rateLimit = requests;
		return this;
	}

	/**
	 * Writes something about it.
	 */
	public TokenRequest described(String text) {
		this.description = text;
		return this;
	}

	/**
	 * Makes it a token of these services alone.
	 */
	public TokenRequest boundTo(String... names) {
		this.resources = List.of(names);
		return this;
	}

	NewToken asked() {
		return new NewToken(this.name, List.copyOf(this.scopes), this.end, this.days, this.notBefore,
				List.copyOf(this.networks), this.rateLimit, this.description, this.resources);
	}

}
