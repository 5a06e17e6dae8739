package dev.latchkey.page;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.language.Words;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Asks before those of one's own tokens are revoked that are ticked in the list.
 */
@Controller
@RequestMapping("/tokens/revoke")
@RequiresScope("tokens:write")
class RevokeSeveralPage {

	private static final String LIST = "/tokens";

	/** More than a page of the list has. */
	private static final int MAX = 100;

	private final TokenQueries tokens;

	private final TokenRevocation revocation;

	private final TimeFormatter moments;

	RevokeSeveralPage(TokenQueries tokens, TokenRevocation revocation, TimeFormatter moments) {
		this.tokens = tokens;
		this.revocation = revocation;
		this.moments = moments;
	}

	@GetMapping
	ModelAndView ask(@AuthenticationPrincipal Caller caller, @RequestParam(name = "id") @Nullable List<String> ids,
			@RequestParam @Nullable String list, RedirectAttributes redirect) {
		List<TokenRow> ticked = ticked(caller, ids);
		if (ticked.isEmpty()) {
			redirect.addFlashAttribute("missing", Words.of("several.tick"));
			return new ModelAndView("redirect:" + ListPlace.in(LIST, list));
		}
		return question(ticked, list, null, Map.of());
	}

	@PostMapping
	@GivesNoRight(page = LIST)
	ModelAndView revoke(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor,
			@RequestParam(name = "id") @Nullable List<String> ids,
			@RequestParam(defaultValue = "false") boolean descendants, @RequestParam @Nullable String reason,
			@RequestParam @Nullable String list, RedirectAttributes redirect) {
		List<TokenRow> ticked = ticked(caller, ids);
		try {
			int ended = this.revocation.revokeSeveral(actor, ticked.stream().map(TokenRow::id).toList(), descendants,
					reason);
			redirect.addFlashAttribute("done",
					(ended == 1) ? Words.of("several.done.one") : Words.of("several.done.many", ended));
			return new ModelAndView("redirect:" + ListPlace.in(LIST, list));
		}
		catch (InvalidFieldsException refusal) {
			ModelAndView again = question(ticked, list, reason, FormErrors.of(refusal));
			again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			return again;
		}
	}

	private ModelAndView question(List<TokenRow> ticked, @Nullable String list, @Nullable String typedReason,
			Map<String, String> faults) {
		ModelAndView page = new ModelAndView("tokens-revoke",
				Map.of("tokens", ticked, "cancel", ListPlace.in(LIST, list), "faults", faults));
		page.addObject("place", list);
		page.addObject("typedReason", typedReason);
		return page;
	}

	/** What has ended before needs no question. */
	private List<TokenRow> ticked(Caller caller, @Nullable List<String> ids) {
		List<UUID> given = (ids != null) ? ids.stream().map(PathIds::of).distinct().toList() : List.of();
		if (given.size() > MAX) {
			throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		List<TokenDetails> found = this.tokens.find(caller.userId(), given);
		if (found.size() < given.size()) {
			throw PathIds.notFound();
		}
		return found.stream().map((token) -> TokenRow.of(token, this.moments)).filter(TokenRow::alive).toList();
	}

}
