package dev.latchkey.api;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.problem.ProblemException;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.ScopesUsed;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenFilter;
import dev.latchkey.token.TokenPage;
import dev.latchkey.token.TokenSort;
import dev.latchkey.token.TokenState;
import dev.latchkey.value.Ids;
import dev.latchkey.web.ItemPage;
import dev.latchkey.web.PageQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/**
 * What the routes about tokens have in common: their responses, and how they read their
 * parameters.
 */
public final class TokenResponses {

	private static final String ALL = "all";

	private TokenResponses() {
	}

	/**
	 * Answers with a token that was just made: the one response that carries the raw
	 * token, which nobody may keep on the way.
	 */
	public static ResponseEntity<TokenBody> created(IssuedToken issued) {
		return ResponseEntity.created(URI.create("/api/tokens/" + issued.details().id()))
			.cacheControl(CacheControl.noStore())
			.body(TokenBody.of(issued));
	}

	/**
	 * Returns a token as it stands in every answer.
	 */
	public static TokenBody body(TokenDetails token) {
		return TokenBody.of(token);
	}

	/**
	 * Returns a token together with the scopes that it has used.
	 */
	public static TokenBody body(TokenDetails token, ScopesUsed used) {
		return TokenBody.of(token, used);
	}

	/**
	 * Answers with a page of tokens.
	 */
	public static ItemPage<TokenBody> page(TokenPage page, PageQuery query) {
		return ItemPage.of(page.tokens().stream().map(TokenBody::of).toList(), query, page.total());
	}

	/**
	 * Reads which tokens are asked for, and in which order.
	 * @throws ProblemException if one of the parameters is not acceptable
	 */
	public static TokenFilter filter(@Nullable String state, @Nullable String text, @Nullable String sort) {
		TokenSort order = TokenSort.parse(Objects.requireNonNullElse(sort, "-created_at"))
			.orElseThrow(() -> ProblemException.invalid("sort",
					"must be created_at, name, expires_at or last_used_at, with a minus before it for descending"));
		return new TokenFilter(state(Objects.requireNonNullElse(state, TokenState.ACTIVE.value())),
				(text != null) ? text : "", order);
	}

	private static @Nullable TokenState state(String given) {
		if (ALL.equals(given)) {
			return null;
		}
		for (TokenState state : TokenState.values()) {
			if (state.value().equals(given)) {
				return state;
			}
		}
		throw ProblemException.invalid("state",
				"must be one of " + List.of(TokenState.values()).stream().map(TokenState::value).toList() + " or all");
	}

	/**
	 * Reads an id from a path.
	 * @throws ProblemException if it is none, which is then not there
	 */
	public static UUID id(String given) {
		return Ids.parse(given).orElseThrow(ProblemException::notFound);
	}

	/**
	 * Reads a parameter that is true or false; left out it is false.
	 * @throws ProblemException if it is neither
	 */
	public static boolean flag(String field, @Nullable String given) {
		if (given == null || given.equals("false")) {
			return false;
		}
		if (given.equals("true")) {
			return true;
		}
		throw ProblemException.invalid(field, "must be true or false");
	}

	/**
	 * Reads why a token is ended.
	 * @return the reason, or null where none is given
	 * @throws ProblemException if it is given and says nothing
	 */
	public static @Nullable String reason(@Nullable String given) {
		if (given != null && given.isBlank()) {
			throw ProblemException.invalid("reason", "must not be empty");
		}
		return given;
	}

}
