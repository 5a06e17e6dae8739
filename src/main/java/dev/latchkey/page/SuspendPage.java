package dev.latchkey.page;

import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.language.Words;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenNotActiveException;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenSuspension;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Asks before a token is suspended or resumed: one's own, and for administrators
 * somebody's.
 */
@Controller
class SuspendPage {

	private final TokenQueries tokens;

	private final TokenSuspension suspension;

	private final TimeFormatter moments;

	SuspendPage(TokenQueries tokens, TokenSuspension suspension, TimeFormatter moments) {
		this.tokens = tokens;
		this.suspension = suspension;
		this.moments = moments;
	}

	@GetMapping("/tokens/{id}/suspend")
	@RequiresScope("tokens:write")
	ModelAndView askToSuspend(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam @Nullable String list) {
		return question(Asked.own(caller.userId(), id, list), "suspend");
	}

	@PostMapping("/tokens/{id}/suspend")
	@GivesNoRight
	@RequiresScope("tokens:write")
	String suspend(@CurrentActor Actor actor, @PathVariable String id, @RequestParam @Nullable String list,
			RedirectAttributes redirect) {
		return suspend(actor, Asked.own(actor.userId(), id, list), redirect);
	}

	@GetMapping("/tokens/{id}/resume")
	@GivesRight
	@RequiresScope("tokens:write")
	ModelAndView askToResume(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam @Nullable String list) {
		return question(Asked.own(caller.userId(), id, list), "resume");
	}

	@PostMapping("/tokens/{id}/resume")
	@GivesRight
	@RequiresScope("tokens:write")
	String resume(@CurrentActor Actor actor, @PathVariable String id, @RequestParam @Nullable String list,
			RedirectAttributes redirect) {
		return resume(actor, Asked.own(actor.userId(), id, list), redirect);
	}

	@GetMapping("/admin/users/{userId}/tokens/{id}/suspend")
	@RequiresScope("users:write")
	ModelAndView askToSuspendForUser(@PathVariable String userId, @PathVariable String id,
			@RequestParam @Nullable String list) {
		return question(Asked.ofUser(userId, id, list), "suspend");
	}

	@PostMapping("/admin/users/{userId}/tokens/{id}/suspend")
	@GivesNoRight
	@RequiresScope("users:write")
	String suspendForUser(@CurrentActor Actor actor, @PathVariable String userId, @PathVariable String id,
			@RequestParam @Nullable String list, RedirectAttributes redirect) {
		return suspend(actor, Asked.ofUser(userId, id, list), redirect);
	}

	@GetMapping("/admin/users/{userId}/tokens/{id}/resume")
	@GivesRight
	@RequiresScope("users:write")
	ModelAndView askToResumeForUser(@PathVariable String userId, @PathVariable String id,
			@RequestParam @Nullable String list) {
		return question(Asked.ofUser(userId, id, list), "resume");
	}

	@PostMapping("/admin/users/{userId}/tokens/{id}/resume")
	@GivesRight
	@RequiresScope("users:write")
	String resumeForUser(@CurrentActor Actor actor, @PathVariable String userId, @PathVariable String id,
			@RequestParam @Nullable String list, RedirectAttributes redirect) {
		return resume(actor, Asked.ofUser(userId, id, list), redirect);
	}

	private ModelAndView question(Asked asked, String act) {
		ModelAndView page = new ModelAndView("token-" + act, Map.of("token", TokenRow.of(find(asked), this.moments),
				"action", asked.at(act), "cancel", asked.back(), "nav", asked.nav()));
		page.addObject("place", asked.list());
		return page;
	}

	private String suspend(Actor actor, Asked asked, RedirectAttributes redirect) {
		find(asked);
		try {
			this.suspension.suspend(actor, asked.ownerId(), asked.id());
			redirect.addFlashAttribute("done", Words.of("suspend.done"));
		}
		catch (TokenNotActiveException ex) {
			redirect.addFlashAttribute("done", Words.of("suspend.ended"));
		}
		return "redirect:" + asked.back();
	}

	private String resume(Actor actor, Asked asked, RedirectAttributes redirect) {
		find(asked);
		try {
			this.suspension.resume(actor, asked.ownerId(), asked.id());
			redirect.addFlashAttribute("done", Words.of("resume.done"));
		}
		catch (TokenNotActiveException ex) {
			redirect.addFlashAttribute("refused",
					Words.of(find(asked).tooLong() ? "resume.too-long" : "suspend.ended"));
		}
		return "redirect:" + asked.back();
	}

	private TokenDetails find(Asked asked) {
		return asked.token().find(this.tokens);
	}

	/**
	 * What is asked.
	 *
	 * @param token about which token
	 * @param back where the answer leads to
	 * @param nav the entry of the menu
	 * @param list where in the list it was, or null
	 */
	private record Asked(AskedToken token, String back, String nav, @Nullable String list) {

		static Asked own(UUID ownerId, String given, @Nullable String list) {
			AskedToken token = AskedToken.own(ownerId, given);
			return new Asked(token, ListPlace.carriedTo(token.path(), list), "tokens", list);
		}

		static Asked ofUser(String user, String given, @Nullable String list) {
			AskedToken token = AskedToken.ofUser(user, given);
			return new Asked(token,
					ListPlace.in("/admin/tokens",
							(list != null) ? list : ListPlace.of("owner", token.ownerId().toString())),
					"inventory", list);
		}

		UUID ownerId() {
			return this.token.ownerId();
		}

		UUID id() {
			return this.token.id();
		}

		/** Where a question about the token stands, and is answered. */
		String at(String act) {
			return this.token.path() + "/" + act;
		}

	}

}
