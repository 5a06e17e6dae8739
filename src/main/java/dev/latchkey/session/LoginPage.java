package dev.latchkey.session;

import dev.latchkey.caller.Caller;
import dev.latchkey.language.Said;
import dev.latchkey.language.Words;
import dev.latchkey.scope.AnyToken;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.Public;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.WebAttributes;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Shows the way in and the way out; what the forms send is read by the security filters.
 */
@Controller
class LoginPage {

	/** The attribute of a request that sends the form of a page that is out of date. */
	static final String STALE = "dev.latchkey.session.STALE";

	@GetMapping("/")
	@Public
	String home() {
		return "redirect:" + Caller.current().map((caller) -> Home.of(caller.user().roles())).orElse(Home.TOKENS);
	}

	@GetMapping("/login")
	@Public
	String login(Model model, HttpServletRequest request) {
		Caller.current().ifPresent((caller) -> model.addAttribute("email", caller.user().email()));
		model.addAttribute("ended", request.getParameter("expired") != null || SignInPage.isEnded(request));
		return "login";
	}

	/** A security filter comes first; the route stands here so that it is known. */
	@PostMapping("/login")
	@GivesNoRight
	@Public
	String signIn() {
		return home();
	}

	/** Reached by a forward alone, so that the address that was typed is kept nowhere. */
	@PostMapping("/login/failed")
	@GivesNoRight(page = "/login")
	@Public
	ModelAndView failed(@RequestParam @Nullable String email,
			@RequestAttribute(name = STALE, required = false) @Nullable Boolean stale,
			@RequestAttribute(name = WebAttributes.AUTHENTICATION_EXCEPTION,
					required = false) @Nullable AuthenticationException failure,
			HttpServletResponse response) {
		ModelAndView again = new ModelAndView("login", HttpStatus.UNPROCESSABLE_CONTENT);
		again.addObject("email", email);
		if (stale != null) {
			again.addObject("failure", Words.of("login.stale"));
		}
		else if (failure instanceof SignInLimitedException limited) {
			again.setStatus(HttpStatus.TOO_MANY_REQUESTS);
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(limited.refusal().retryAfter()));
			again.addObject("failure", Said.of(String.valueOf(limited.getMessage())));
		}
		else {
			again.addObject("failure", Words.of("login.wrong"));
		}
		return again;
	}

	@GetMapping("/logout")
	@AnyToken
	String logout() {
		return "logout";
	}

	/** As with signing in. */
	@PostMapping("/logout")
	@GivesNoRight
	@AnyToken
	String signOut() {
		return home();
	}

}
