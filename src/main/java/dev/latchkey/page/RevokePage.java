package dev.latchkey.page;

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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Asks before a token is revoked: one's own, or as an administrator anybody's.
 */
@Controller
class RevokePage {

	/** What the list of everybody's tokens calls itself. */
	private static final String INVENTORY = "inventory";

	private final TokenQueries tokens;

	private final TokenRevocation revocation;

	private final TimeFormatter moments;

	RevokePage(TokenQueries tokens, TokenRevocation revocation, TimeFormatter moments) {
		this.tokens = tokens;
		this.revocation = revocation;
		this.moments = moments;
	}

	@GetMapping("/tokens/{id}/revoke")
	@RequiresScope("tokens:write")
	ModelAndView ask(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam @Nullable String list) {
		return question(Asked.own(caller.userId(), id, list), null, Map.of());
	}

	@PostMapping("/tokens/{id}/revoke")
	@GivesNoRight
	@RequiresScope("tokens:write")
	ModelAndView revoke(@CurrentActor Actor actor, @PathVariable String id,
			@RequestParam(defaultValue = "false") boolean descendants, @RequestParam @Nullable String reason,
			@RequestParam @Nullable String list, RedirectAttributes redirect) {
		return revoke(actor, Asked.own(actor.userId(), id, list), descendants, reason, redirect);
	}

	@GetMapping("/admin/users/{userId}/tokens/{id}/revoke")
	@RequiresScope("users:write")
	ModelAndView askForUser(@PathVariable String userId, @PathVariable String id, @RequestParam @Nullable String list,
			@RequestParam @Nullable String from) {
		return question(Asked.ofUser(userId, id, list, from), null, Map.of());
	}

	@PostMapping("/admin/users/{userId}/tokens/{id}/revoke")
	@GivesNoRight
	@RequiresScope("users:write")
	ModelAndView revokeForUser(@CurrentActor Actor actor, @PathVariable String userId, @PathVariable String id,
			@RequestParam(defaultValue = "false") boolean descendants, @RequestParam @Nullable String reason,
			@RequestParam @Nullable String list, @RequestParam @Nullable String from, RedirectAttributes redirect) {
		return revoke(actor, Asked.ofUser(userId, id, list, from), descendants, reason, redirect);
	}

	private ModelAndView question(Asked asked, @Nullable String typedReason, Map<String, String> faults) {
		ModelAndView page = new ModelAndView("token-revoke",
				Map.of("token", TokenRow.of(asked.token().find(this.tokens), this.moments), "cancel", asked.back(),
						"nav", asked.nav(), "action", asked.token().path() + "/revoke", "faults", faults));
		page.addObject("place", asked.list());
		page.addObject("from", asked.from());
		page.addObject("typedReason", typedReason);
		return page;
	}

	private ModelAndView revoke(Actor actor, Asked asked, boolean descendants, @Nullable String reason,
			RedirectAttributes redirect) {
		TokenDetails token = asked.token().find(this.tokens);
		try {
			this.revocation.revoke(actor, token.ownerId(), token.id(), descendants, reason);
		}
		catch (InvalidFieldsException refusal) {
			ModelAndView again = question(asked, reason, FormErrors.of(refusal));
			again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			return again;
		}
		redirect.addFlashAttribute("done", Words.of("revoke.done", token.name()));
		return new ModelAndView("redirect:" + asked.back());
	}

	/**
	 * What is asked.
	 *
	 * @param token about which token
	 * @param back the list that the answer leads back to
	 * @param nav the entry of the menu
	 * @param list where in the list it was, or null
	 * @param from that everybody's tokens are that list, or null for the usual one
	 */
	private record Asked(AskedToken token, String back, String nav, @Nullable String list, @Nullable String from) {

		static Asked own(UUID ownerId, String given, @Nullable String list) {
			return new Asked(AskedToken.own(ownerId, given), ListPlace.in("/tokens", list), "tokens", list, null);
		}

		static Asked ofUser(String user, String given, @Nullable String list, @Nullable String from) {
			AskedToken token = AskedToken.ofUser(user, given);
			return INVENTORY.equals(from) ? new Asked(token, ListPlace.in("/admin/tokens", list), INVENTORY, list, from)
					: new Asked(token, ListPlace.in("/admin/users/" + token.ownerId(), list), "users", list, null);
		}

	}

}
