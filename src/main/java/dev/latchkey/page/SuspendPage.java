package dev.latchkey.page;

import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenNotActiveException;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenSuspension;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Asks before one of one's own tokens is suspended or resumed.
 */
@Controller
@RequestMapping("/tokens/{id}")
@RequiresScope("tokens:write")
class SuspendPage {

	private final TokenQueries tokens;

	private final TokenSuspension suspension;

	private final TimeFormatter moments;

	SuspendPage(TokenQueries tokens, TokenSuspension suspension, TimeFormatter moments) {
		this.tokens = tokens;
		this.suspension = suspension;
		this.moments = moments;
	}

	@GetMapping("/suspend")
	String askToSuspend(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		return question(caller, id, "suspend", model);
	}

	@PostMapping("/suspend")
	@GivesNoRight
	String suspend(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor, @PathVariable String id,
			RedirectAttributes redirect) {
		UUID token = find(caller, id).id();
		try {
			this.suspension.suspend(actor, caller.userId(), token);
			redirect.addFlashAttribute("done", "The token is suspended until you resume it.");
		}
		catch (TokenNotActiveException ex) {
			redirect.addFlashAttribute("done", "The token had ended before; nothing was changed.");
		}
		return "redirect:/tokens/" + token;
	}

	@GetMapping("/resume")
	@GivesRight
	String askToResume(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		return question(caller, id, "resume", model);
	}

	@PostMapping("/resume")
	@GivesRight
	String resume(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor, @PathVariable String id,
			RedirectAttributes redirect) {
		UUID token = find(caller, id).id();
		try {
			this.suspension.resume(actor, caller.userId(), token);
			redirect.addFlashAttribute("done", "The token works again.");
		}
		catch (TokenNotActiveException ex) {
			redirect.addFlashAttribute("done", "The token had ended before; nothing was changed.");
		}
		return "redirect:/tokens/" + token;
	}

	private TokenDetails find(Caller caller, String id) {
		return this.tokens.find(caller.userId(), PathIds.of(id)).orElseThrow(PathIds::notFound);
	}

	private String question(Caller caller, String id, String act, Model model) {
		model.addAttribute("token", TokenRow.of(find(caller, id), this.moments));
		return "token-" + act;
	}

}
