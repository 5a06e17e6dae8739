package dev.latchkey.grant;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.page.PathIds;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.RequiresScope;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Withdraws what an application may do for an account, and asks first.
 */
@Controller
@RequestMapping("/tokens/applications/{id}")
@RequiresScope("tokens:write")
class ConnectedApplicationPage {

	private final ConnectedApplications applications;

	private final ApplicationWithdrawal withdrawal;

	ConnectedApplicationPage(ConnectedApplications applications, ApplicationWithdrawal withdrawal) {
		this.applications = applications;
		this.withdrawal = withdrawal;
	}

	@GetMapping("/withdraw")
	String ask(@AuthenticationPrincipal Caller caller, @PathVariable String id, Model model) {
		model.addAttribute("app",
				this.applications.find(caller.userId(), PathIds.of(id)).orElseThrow(PathIds::notFound));
		return "application-withdraw";
	}

	@PostMapping("/withdraw")
	@GivesNoRight
	String withdraw(@CurrentActor Actor actor, @PathVariable String id) {
		this.withdrawal.withdraw(actor, PathIds.of(id));
		return "redirect:/tokens";
	}

}
