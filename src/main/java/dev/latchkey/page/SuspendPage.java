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
				"action", asked.path() + "/" + act, "cancel", asked.back(), "nav", asked.nav()));
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
			redirect.addFlashAttribute("done", Words.of(find(asked).tooLong() ? "resume.too-long" : "resume.done"));
		}
		catch (TokenNotActiveException ex) {
			redirect.addFlashAttribute("done", Words.of("suspend.ended"));
		}
		return "redirect:" + asked.back();
	}

	private TokenDetails find(Asked asked) {
		return this.tokens.find(asked.ownerId(), asked.id()).orElseThrow(PathIds::notFound);
	}

	/**
	 * The token that is asked about.
	 *
	 * @param ownerId whose it is
	 * @param id which one
	 * @param path where its questions stand
	 * @param back where they lead to
	 * @param nav the entry of the menu
	 * @param list where in the list it was, or null
	 */
	private record Asked(UUID ownerId, UUID id, String path, String back, String nav, @Nullable String list) {

		static Asked own(UUID ownerId, String given, @Nullable String list) {
			String path = "/tokens/" + PathIds.of(given);
			return new Asked(ownerId, PathIds.of(given), path, TokenDetailsPage.address(path, list), "tokens", list);
		}

		static Asked ofUser(String user, String given, @Nullable String list) {
			UUID ownerId = PathIds.of(user);
			UUID id = PathIds.of(given);
			return new Asked(ownerId, id, "/admin/users/%s/tokens/%s".formatted(ownerId, id),
					ListPlace.in("/admin/tokens", (list != null) ? list : ListPlace.of("owner", ownerId.toString())),
					"inventory", list);
		}

	}

}
