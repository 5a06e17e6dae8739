package dev.latchkey.grant;

import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.value.Ids;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes an application's right away, and asks first.
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
		model.addAttribute("app", this.applications.find(caller.userId(), parse(id))
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
		return "application-withdraw";
	}

	@PostMapping("/withdraw")
	@GivesNoRight
	String withdraw(@CurrentActor Actor actor, @PathVariable String id) {
		this.withdrawal.withdraw(actor, parse(id));
		return "redirect:/tokens";
	}

	private static UUID parse(String given) {
		return Ids.parse(given).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

}
