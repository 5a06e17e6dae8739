package dev.latchkey.page;

import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
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

	private static final String OWN = "/tokens";

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
	ModelAndView ask(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return question(caller.userId(), PathIds.of(id), OWN, null, Map.of());
	}

	@PostMapping("/tokens/{id}/revoke")
	@GivesNoRight
	@RequiresScope("tokens:write")
	ModelAndView revoke(@CurrentActor Actor actor, @PathVariable String id,
			@RequestParam(defaultValue = "false") boolean descendants, @RequestParam @Nullable String reason,
			RedirectAttributes redirect) {
		return revoke(actor, actor.userId(), PathIds.of(id), descendants, reason, OWN, redirect);
	}

	@GetMapping("/admin/users/{userId}/tokens/{id}/revoke")
	@RequiresScope("users:write")
	ModelAndView askForUser(@PathVariable String userId, @PathVariable String id) {
		return question(PathIds.of(userId), PathIds.of(id), "/admin/users/" + PathIds.of(userId), null, Map.of());
	}

	@PostMapping("/admin/users/{userId}/tokens/{id}/revoke")
	@GivesNoRight
	@RequiresScope("users:write")
	ModelAndView revokeForUser(@CurrentActor Actor actor, @PathVariable String userId, @PathVariable String id,
			@RequestParam(defaultValue = "false") boolean descendants, @RequestParam @Nullable String reason,
			RedirectAttributes redirect) {
		return revoke(actor, PathIds.of(userId), PathIds.of(id), descendants, reason,
				"/admin/users/" + PathIds.of(userId), redirect);
	}

	private ModelAndView question(UUID ownerId, UUID id, String list, @Nullable String typedReason,
			Map<String, String> faults) {
		TokenDetails token = this.tokens.find(ownerId, id).orElseThrow(PathIds::notFound);
		ModelAndView page = new ModelAndView("token-revoke",
				Map.of("token", TokenRow.of(token, this.moments), "cancel", list, "faults", faults));
		page.addObject("action", list + (list.equals(OWN) ? "/" : "/tokens/") + id + "/revoke");
		page.addObject("typedReason", typedReason);
		return page;
	}

	private ModelAndView revoke(Actor actor, UUID ownerId, UUID id, boolean descendants, @Nullable String reason,
			String list, RedirectAttributes redirect) {
		TokenDetails token = this.tokens.find(ownerId, id).orElseThrow(PathIds::notFound);
		try {
			this.revocation.revoke(actor, ownerId, id, descendants, reason);
		}
		catch (InvalidFieldsException refusal) {
			ModelAndView again = question(ownerId, id, list, reason, FormErrors.of(refusal));
			again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			return again;
		}
		redirect.addFlashAttribute("done", "The token “%s” is revoked.".formatted(token.name()));
		return new ModelAndView("redirect:" + list);
	}

}
