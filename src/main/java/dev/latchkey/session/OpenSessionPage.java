package dev.latchkey.session;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.language.Words;
import dev.latchkey.page.PathIds;
import dev.latchkey.scope.AnyToken;
import dev.latchkey.scope.GivesNoRight;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Ends sessions that the owner of an account sees on its page. It gives no right, but a
 * stolen cookie must not be enough to lock the owner out: the sign-in has to be recent.
 */
@Controller
@AnyToken
class OpenSessionPage {

	private static final String ACCOUNT = "/account";

	private final OpenSessions sessions;

	private final GivingRules giving;

	OpenSessionPage(OpenSessions sessions, GivingRules giving) {
		this.sessions = sessions;
		this.giving = giving;
	}

	@PostMapping("/account/sessions")
	@GivesNoRight(page = ACCOUNT)
	String end(@CurrentActor Actor actor, @RequestParam String id, RedirectAttributes redirect) {
		this.giving.requireRecent(actor);
		if (OpenSessions.OTHERS.equals(id)) {
			this.sessions.endOthers(actor);
		}
		else {
			this.sessions.end(actor, PathIds.of(id));
		}
		redirect.addFlashAttribute("done",
				Words.of(OpenSessions.OTHERS.equals(id) ? "session.others-ended" : "session.ended"));
		return "redirect:" + ACCOUNT;
	}

}
