package dev.latchkey.page;

import java.util.List;
import java.util.Map;

import dev.latchkey.caller.Caller;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.ScopeUsage;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * All about one of one's own tokens.
 */
@Controller
@RequestMapping("/tokens/{id}")
class TokenDetailsPage {

	private final TokenQueries tokens;

	private final TokenUsage usage;

	private final ScopeUsage scopes;

	private final TimeFormatter moments;

	TokenDetailsPage(TokenQueries tokens, TokenUsage usage, ScopeUsage scopes, TimeFormatter moments) {
		this.tokens = tokens;
		this.usage = usage;
		this.scopes = scopes;
		this.moments = moments;
	}

	@GetMapping
	@RequiresScope("tokens:read")
	ModelAndView show(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam @Nullable String list) {
		return page(find(caller, id), list);
	}

	private TokenDetails find(Caller caller, String id) {
		return this.tokens.find(caller.userId(), PathIds.of(id)).orElseThrow(PathIds::notFound);
	}

	private ModelAndView page(TokenDetails token, @Nullable String list) {
		ModelAndView page = new ModelAndView("token", Map.of("token", TokenRow.of(token, this.moments), "details",
				token, "back", ListPlace.in("/tokens", list)));
		page.addObject("place", list);
		page.addObject("created", this.moments.of(token.history().createdAt()));
		page.addObject("starts", this.moments.of(token.terms().notBefore()));
		page.addObject("ended", this.moments.of(token.history().revokedAt()));
		page.addObject("successor", this.tokens.findSuccessor(token.ownerId(), token.id()).orElse(null));
		page.addObject("predecessor", this.tokens.findPredecessor(token.ownerId(), token.id()).orElse(null));
		page.addObject("networks", List.copyOf(token.terms().networks().toStrings()));
		page.addObject("used", this.scopes.of(token));
		page.addObject("chart", UseChart.of(this.usage.lastThirtyDays(token.id())));
		return page;
	}

}
