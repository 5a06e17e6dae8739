package dev.latchkey.page;

import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenRevocation;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
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
	String ask(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		return ask(caller.userId(), PathIds.of(id), OWN, model);
	}

	@PostMapping("/tokens/{id}/revoke")
	@GivesNoRight
	@RequiresScope("tokens:write")
	String revoke(@CurrentActor Actor actor, @PathVariable String id,
			@RequestParam(defaultValue = "false") boolean descendants, RedirectAttributes redirect) {
		return revoke(actor, actor.userId(), PathIds.of(id), descendants, OWN, redirect);
	}

	@GetMapping("/admin/users/{userId}/tokens/{id}/revoke")
	@RequiresScope("users:write")
	String askForUser(@PathVariable String userId, @PathVariable String id, Model model) {
		return ask(PathIds.of(userId), PathIds.of(id), "/admin/users/" + PathIds.of(userId), model);
	}

	@PostMapping("/admin/users/{userId}/tokens/{id}/revoke")
	@GivesNoRight
	@RequiresScope("users:write")
	String revokeForUser(@CurrentActor Actor actor, @PathVariable String userId, @PathVariable String id,
			@RequestParam(defaultValue = "false") boolean descendants, RedirectAttributes redirect) {
		return revoke(actor, PathIds.of(userId), PathIds.of(id), descendants, "/admin/users/" + PathIds.of(userId),
				redirect);
	}

	private String ask(UUID ownerId, UUID id, String list, Model model) {
		TokenDetails token = this.tokens.find(ownerId, id).orElseThrow(PathIds::notFound);
		model.addAttribute("token", TokenRow.of(token, this.moments));
		model.addAttribute("cancel", list);
		model.addAttribute("action", list + (list.equals(OWN) ? "/" : "/tokens/") + id + "/revoke");
		return "token-revoke";
	}

	private String revoke(Actor actor, UUID ownerId, UUID id, boolean descendants, String list,
			RedirectAttributes redirect) {
		TokenDetails token = this.tokens.find(ownerId, id).orElseThrow(PathIds::notFound);
		this.revocation.revoke(actor, ownerId, id, descendants, RevocationCause.REQUESTED);
		redirect.addFlashAttribute("done", "The token “%s” is revoked.".formatted(token.name()));
		return "redirect:" + list;
	}

}
