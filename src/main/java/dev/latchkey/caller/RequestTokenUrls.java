package dev.latchkey.caller;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.latchkey.net.PublicNames;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.ScopeDeniedException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Addresses of the page that makes a token, filled in with the scopes that a refused
 * token lacks, and as long a life as that one was made for. Nothing of the token itself
 * stands in them: addresses end up in logs and in other people's hands.
 */
@Component
public class RequestTokenUrls {

	/**
	 * In characters. A proxy may ask for very many scopes; nobody needs an address that
	 * is cut off on its way.
	 */
	private static final int LONGEST = 2_000;

	private final PublicNames names;

	private final ScopeCatalogue catalogue;

	RequestTokenUrls(PublicNames names, ScopeCatalogue catalogue) {
		this.names = names;
		this.catalogue = catalogue;
	}

	/**
	 * Returns the address for whoever owns a personal access token, or empty where no
	 * page could help. The refusal stands, whether its scopes can be looked up now or
	 * not.
	 * @param issuedAt when the refused token was made
	 */
	public Optional<String> of(HttpServletRequest request, Caller caller, Instant issuedAt,
			ScopeDeniedException denied) {
		List<String> asked = new ArrayList<>(denied.needed());
		try {
			for (List<String> choice : denied.choices()) {
				if (choice.stream().noneMatch(caller::can)) {
					Optional<String> first = firstAllowed(caller, choice);
					if (first.isEmpty()) {
						return Optional.empty();
					}
					asked.add(first.get());
				}
			}
			return of(request, caller, issuedAt, asked);
		}
		catch (DataAccessException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns the address likewise, where all of these scopes are asked for.
	 */
	public Optional<String> of(HttpServletRequest request, Caller caller, Instant issuedAt, List<String> required) {
		return to(request, caller, issuedAt, missing(caller, required));
	}

	private Optional<String> to(HttpServletRequest request, Caller caller, Instant issuedAt, List<String> missing) {
		CurrentToken token = caller.token();
		if (token == null || missing.isEmpty() || !missing.stream().allMatch(this.catalogue::admits)) {
			return Optional.empty();
		}
		UriComponentsBuilder page = UriComponentsBuilder.fromPath("/tokens/new")
			.queryParam("name", name(missing))
			.queryParam("scopes", String.join(",", missing));
		Instant end = token.expiresAt();
		if (end != null) {
			page.queryParam("expires_in_days", days(Duration.between(issuedAt, end)));
		}
		return Optional.of(this.names.origin(request).orElse("") + page.build().encode().toUriString())
			.filter((address) -> address.length() <= LONGEST);
	}

	private static List<String> missing(Caller caller, List<String> required) {
		return required.stream().filter((scope) -> Scope.isName(scope) && caller.cannot(scope)).distinct().toList();
	}

	private Optional<String> firstAllowed(Caller caller, List<String> choice) {
		return choice.stream()
			.filter((scope) -> Scope.isName(scope) && this.catalogue.admits(scope)
					&& this.catalogue.allows(caller.user().roles(), scope))
			.findFirst();
	}

	private static String name(List<String> missing) {
		String first = "For " + missing.get(0);
		return (missing.size() == 1) ? first : "%s and %d more".formatted(first, missing.size() - 1);
	}

	private static long days(Duration life) {
		return Math.max(1, life.plusDays(1).minusNanos(1).toDays());
	}

}
