package dev.latchkey.account;

import java.util.Map;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.language.Said;
import dev.latchkey.language.Words;
import dev.latchkey.page.FormErrors;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.scope.AnyToken;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.web.KeptForm;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/**
 * One's own account: name, password, and the way out everywhere.
 */
@Controller
@RequestMapping("/account")
@AnyToken
class AccountPage {

	private final UserService users;

	private final PasswordLogin login;

	private final PasswordRules passwords;

	AccountPage(UserService users, PasswordLogin login, PasswordRules passwords) {
		this.users = users;
		this.login = login;
		this.passwords = passwords;
	}

	@GetMapping
	ModelAndView show(@AuthenticationPrincipal Caller caller, @KeptForm @Nullable Ticks kept) {
		return page(caller, caller.user().name(), Map.of(), kept != null && Boolean.TRUE.equals(kept.endTokens()));
	}

	@PostMapping(params = { "name", "!password" })
	@GivesNoRight
	ModelAndView rename(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor, @RequestParam String name,
			RedirectAttributes redirect) {
		return change(caller, actor, name, UserChange.ofName(name), Words.of("account.name-changed"), redirect);
	}

	/** The old password is asked for, so that a screen left alone gives nothing away. */
	@PostMapping(params = "password")
	@GivesRight
	ModelAndView changePassword(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor,
			@RequestParam String current, @RequestParam String password,
			@RequestParam(name = "end_tokens", defaultValue = "false") boolean endTokens, RedirectAttributes redirect,
			HttpServletResponse response) {
		try {
			boolean changed = this.login.authenticate(actor, caller.user().email(), new RawPassword(current))
				.flatMap((proven) -> this.users.changeOwnPassword(actor, proven, new RawPassword(password), !endTokens))
				.isPresent();
			if (!changed) {
				return refused(caller, caller.user().name(), Map.of("current", Words.of("account.wrong-password")),
						endTokens);
			}
			redirect.addFlashAttribute("done",
					Words.of(endTokens ? "account.password-changed.tokens" : "account.password-changed"));
			return new ModelAndView(new RedirectView("/account"));
		}
		catch (InvalidFieldsException refusal) {
			return refused(caller, caller.user().name(), FormErrors.of(refusal), endTokens);
		}
		catch (TooManyException limited) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(limited.retryAfter()));
			ModelAndView again = page(caller, caller.user().name(),
					Map.of("current", Said.of(String.valueOf(limited.getMessage()))), endTokens);
			again.setStatus(HttpStatus.TOO_MANY_REQUESTS);
			return again;
		}
	}

	private ModelAndView change(Caller caller, Actor actor, String typedName, UserChange change, String done,
			RedirectAttributes redirect) {
		try {
			this.users.change(actor, caller.userId(), change);
			redirect.addFlashAttribute("done", done);
			return new ModelAndView(new RedirectView("/account"));
		}
		catch (InvalidFieldsException refusal) {
			return refused(caller, typedName, FormErrors.of(refusal), false);
		}
	}

	private ModelAndView refused(Caller caller, String typedName, Map<String, String> faults, boolean endTokens) {
		ModelAndView again = page(caller, typedName, faults, endTokens);
		again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		return again;
	}

	private ModelAndView page(Caller caller, String typedName, Map<String, String> faults, boolean endTokens) {
		return new ModelAndView("account", Map.of("user", caller.user(), "typedName", typedName, "faults", faults,
				"endTokens", endTokens, "shortestPassword", this.passwords.minLength()));
	}

	/** What of the form for the password is no password. */
	record Ticks(@BindParam("end_tokens") @Nullable Boolean endTokens) {

	}

}
