package dev.latchkey.page;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.language.Said;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.QuotaExceededException;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.web.KeptFormRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The form that makes a token, and the only answer that shows it.
 */
@Controller
@RequestMapping("/tokens/new")
@RequiresScope("tokens:write")
@GivesRight
class NewTokenPage {

	private final NewTokens tokens;

	private final ScopeChoices scopes;

	private final ExpirationChoices expirations;

	private final FormLinks links;

	private final RawTokenView rawToken;

	NewTokenPage(NewTokens tokens, ScopeChoices scopes, ExpirationChoices expirations, FormLinks links,
			RawTokenView rawToken) {
		this.tokens = tokens;
		this.scopes = scopes;
		this.expirations = expirations;
		this.links = links;
		this.rawToken = rawToken;
	}

	/**
	 * Whoever had to sign in again finds what he had typed; a link fills in what it may.
	 */
	@GetMapping
	ModelAndView empty(@AuthenticationPrincipal Caller caller, NewTokenForm given,
			@RequestParam(name = "expires_in_days", required = false) @Nullable String days,
			HttpServletRequest request) {
		Optional<LinkedForm> link = (KeptFormRequest.fields(request) == null)
				? this.links.read(given, days, caller.user().roles()) : Optional.empty();
		NewTokenForm form = link.map(LinkedForm::form).orElse(given);
		ModelAndView page = form(form.fresh(this.expirations.preselected()), Map.of(), caller);
		link.ifPresent((one) -> page.addObject("notes", one.notes()));
		if (link.isPresent() && !link.get().notes().isEmpty()) {
			// What was not taken is not repeated, where a choice of language leads
			// neither.
			page.addObject("here", request.getRequestURI());
		}
		return page;
	}

	/** For those without scripts: ticks, and makes nothing. */
	@PostMapping(params = "choose")
	ModelAndView choose(@AuthenticationPrincipal Caller caller, NewTokenForm form, @RequestParam String choose) {
		return form(form.withScopes(this.scopes.quick(choose, caller.user().roles())), Map.of(), caller);
	}

	/**
	 * Shows the token in the answer itself: no browser keeps the answer to a POST for its
	 * back button, and nothing has to keep the token until a next request.
	 */
	@PostMapping(params = "!choose")
	ModelAndView make(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor, NewTokenForm form) {
		Map<String, String> unreadable = new HashMap<>();
		NewToken wanted = form.toNewToken(unreadable);
		Map<String, String> faults = new HashMap<>();
		try {
			Optional<IssuedToken> issued = this.tokens.issueOnce(actor, PathIds.of(String.valueOf(form.form())),
					wanted);
			return issued.map(this.rawToken::of).orElseGet(NewTokenPage::shownBefore);
		}
		catch (InvalidFieldsException refusal) {
			faults.putAll(FormErrors.of(refusal));
			faults.putAll(unreadable);
		}
		catch (QuotaExceededException refusal) {
			return refused(form, Map.of("quota", Said.of(String.valueOf(refusal.getMessage()))), caller,
					HttpStatus.CONFLICT);
		}
		return refused(form, faults, caller, HttpStatus.UNPROCESSABLE_CONTENT);
	}

	private ModelAndView refused(NewTokenForm form, Map<String, String> faults, Caller caller, HttpStatus status) {
		ModelAndView again = form(form, faults, caller);
		again.setStatus(status);
		return again;
	}

	private ModelAndView form(NewTokenForm form, Map<String, String> faults, Caller caller) {
		ModelAndView page = new ModelAndView("token-new", Map.of("form", form, "faults", faults));
		page.addObject("groups", this.scopes.grouped(caller.user().roles()));
		page.addObject("expirations", this.expirations.all(form.expiration()));
		page.addObject("firstDay", this.expirations.firstDay());
		page.addObject("lastDay", this.expirations.lastDay());
		return page;
	}

	private static ModelAndView shownBefore() {
		return new ModelAndView("redirect:/tokens?shown");
	}

}
