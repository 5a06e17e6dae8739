package dev.latchkey.page;

import java.util.List;
import java.util.Map;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.ScopeUsage;
import dev.latchkey.token.TokenChange;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenEditor;
import dev.latchkey.token.TokenNotActiveException;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenUsage;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/**
 * All about one of one's own tokens.
 */
@Controller
@RequestMapping("/tokens/{id}")
class TokenDetailsPage {

	private final TokenQueries tokens;

	private final TokenEditor editor;

	private final TokenUsage usage;

	private final ScopeUsage scopes;

	private final TimeFormatter moments;

	TokenDetailsPage(TokenQueries tokens, TokenEditor editor, TokenUsage usage, ScopeUsage scopes,
			TimeFormatter moments) {
		this.tokens = tokens;
		this.editor = editor;
		this.usage = usage;
		this.scopes = scopes;
		this.moments = moments;
	}

	@GetMapping
	@RequiresScope("tokens:read")
	ModelAndView show(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		TokenDetails token = find(caller, id);
		return page(token, token.name(), token.description(), Map.of());
	}

	@PostMapping
	@GivesNoRight
	@RequiresScope("tokens:write")
	ModelAndView rename(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor, @PathVariable String id,
			@RequestParam(defaultValue = "") String name, @RequestParam @Nullable String description,
			RedirectAttributes redirect) {
		try {
			TokenDetails changed = this.editor
				.change(actor, PathIds.of(id), new TokenChange(name, null, null, description))
				.orElseThrow(PathIds::notFound);
			redirect.addFlashAttribute("done", "It is called “%s” now.".formatted(changed.name()));
		}
		catch (TokenNotActiveException ex) {
			redirect.addFlashAttribute("done", "The token has ended, so its name stays.");
		}
		catch (InvalidFieldsException refusal) {
			ModelAndView again = page(find(caller, id), name, description, FormErrors.of(refusal));
			again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			return again;
		}
		return new ModelAndView(new RedirectView("/tokens/" + PathIds.of(id)));
	}

	private TokenDetails find(Caller caller, String id) {
		return this.tokens.find(caller.userId(), PathIds.of(id)).orElseThrow(PathIds::notFound);
	}

	private ModelAndView page(TokenDetails token, String typedName, @Nullable String typedDescription,
			Map<String, String> faults) {
		ModelAndView page = new ModelAndView("token", Map.of("token", TokenRow.of(token, this.moments), "details",
				token, "typedName", typedName, "faults", faults));
		page.addObject("typedDescription", typedDescription);
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
