package dev.latchkey.session;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.scope.AnyToken;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.web.KeptFormRequest;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
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
	@GivesNoRight
	String end(@AuthenticationPrincipal Caller caller, @RequestParam String id, HttpServletRequest request,
			RedirectAttributes redirect) {
		request.setAttribute(KeptFormRequest.PAGE, ACCOUNT);
		this.giving.requireRecent(caller);
		this.sessions.end(caller.userId(), id);
		redirect.addFlashAttribute("done", OpenSessions.OTHERS.equals(id)
				? "Wherever else you were signed in, you are signed out." : "The session has ended.");
		return "redirect:" + ACCOUNT;
	}

}
