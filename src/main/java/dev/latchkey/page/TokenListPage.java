package dev.latchkey.page;

import java.util.Arrays;

import dev.latchkey.caller.Caller;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.TokenFilter;
import dev.latchkey.token.TokenPage;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenSort;
import dev.latchkey.token.TokenState;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The list of one's own tokens.
 */
@Controller
class TokenListPage {

	private final TokenQueries tokens;

	private final TimeFormatter moments;

	TokenListPage(TokenQueries tokens, TimeFormatter moments) {
		this.tokens = tokens;
		this.moments = moments;
	}

	@GetMapping("/tokens")
	@RequiresScope("tokens:read")
	String list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "active") String state,
			@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "-created_at") String sort,
			@RequestParam(defaultValue = "0") String page, Model model) {
		int number = Paging.read(page);
		TokenFilter filter = new TokenFilter(state(state), q.strip(),
				TokenSort.parse(sort).orElse(TokenSort.NEWEST_FIRST));
		TokenPage found = this.tokens.list(caller.userId(), filter, number, Paging.SIZE);
		model.addAttribute("tokens", found.tokens().stream().map((token) -> TokenRow.of(token, this.moments)).toList());
		model.addAttribute("paging", Paging.of(number, found.tokens().size(), found.total()));
		model.addAttribute("state", state);
		model.addAttribute("q", q);
		model.addAttribute("sort", sort);
		model.addAttribute("place",
				ListPlace.of("state", state, "q", q, "sort", sort, "page", (number > 0) ? String.valueOf(number) : ""));
		model.addAttribute("filtered", !q.isBlank() || !TokenState.ACTIVE.value().equals(state));
		return "tokens";
	}

	/** What is no state shows all. */
	private static @Nullable TokenState state(String given) {
		return Arrays.stream(TokenState.values())
			.filter((state) -> state.value().equals(given))
			.findFirst()
			.orElse(null);
	}

}
