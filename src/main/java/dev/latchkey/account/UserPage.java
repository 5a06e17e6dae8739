package dev.latchkey.account;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.caller.User;
import dev.latchkey.language.Words;
import dev.latchkey.page.FormErrors;
import dev.latchkey.page.ListPlace;
import dev.latchkey.page.Paging;
import dev.latchkey.page.PathIds;
import dev.latchkey.page.TimeFormatter;
import dev.latchkey.page.TokenRow;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.scope.Role;
import dev.latchkey.token.TokenFilter;
import dev.latchkey.token.TokenPage;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.web.KeptForm;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/**
 * Somebody's account with the tokens, for administrators.
 */
@Controller
@RequestMapping("/admin/users/{id}")
class UserPage {

	private final UserService users;

	private final PasswordRules passwords;

	private final TokenQueries tokens;

	private final TimeFormatter moments;

	UserPage(UserService users, PasswordRules passwords, TokenQueries tokens, TimeFormatter moments) {
		this.users = users;
		this.passwords = passwords;
		this.tokens = tokens;
		this.moments = moments;
	}

	@GetMapping
	@RequiresScope("users:read")
	ModelAndView show(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam(defaultValue = "0") String page, @RequestParam @Nullable String list,
			@KeptForm @Nullable Change kept) {
		User user = find(id);
		Typed typed = (kept != null) ? Typed.of(user).or(kept) : Typed.of(user);
		return page(user, typed, Paging.read(page), list, Map.of(), caller);
	}

	@PostMapping
	@GivesRight(always = false)
	@RequiresScope("users:write")
	ModelAndView change(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor, @PathVariable String id,
			Change wanted, @RequestParam @Nullable String list, RedirectAttributes redirect) {
		try {
			this.users.change(actor, PathIds.of(id), wanted.toChange());
			redirect.addFlashAttribute("done", Words.of("user.changed"));
			return new ModelAndView(new RedirectView(ListPlace.carriedTo("/admin/users/" + PathIds.of(id), list)));
		}
		catch (InvalidFieldsException refusal) {
			return refused(caller, id, list, wanted, FormErrors.of(refusal));
		}
		catch (LastAdminException refusal) {
			return refused(caller, id, list, wanted, Map.of("roles", Words.of("user.last-admin")));
		}
	}

	@GetMapping("/disable")
	@RequiresScope("users:write")
	ModelAndView askToDisable(@PathVariable String id, @RequestParam @Nullable String list) {
		return question("user-disable", id, list);
	}

	@GetMapping("/delete")
	@RequiresScope("users:write")
	ModelAndView askToDelete(@PathVariable String id, @RequestParam @Nullable String list) {
		return question("user-delete", id, list);
	}

	@PostMapping("/delete")
	@GivesNoRight
	@RequiresScope("users:write")
	ModelAndView delete(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor, @PathVariable String id,
			@RequestParam @Nullable String list, RedirectAttributes redirect) {
		User user = find(id);
		try {
			this.users.delete(actor, user.id());
			redirect.addFlashAttribute("done", Words.of("user.deleted", user.email()));
			return new ModelAndView(new RedirectView(ListPlace.in("/admin/users", list)));
		}
		catch (LastAdminException refusal) {
			return refused(caller, id, list, Change.NONE, Map.of("roles", Words.of("user.last-admin")));
		}
	}

	private User find(String id) {
		UUID userId = PathIds.of(id);
		return this.users.find(userId).orElseThrow(PathIds::notFound);
	}

	private ModelAndView question(String name, String id, @Nullable String list) {
		User user = find(id);
		ModelAndView page = new ModelAndView(name,
				Map.of("user", user, "cancel", ListPlace.carriedTo("/admin/users/" + user.id(), list)));
		page.addObject("place", list);
		return page;
	}

	private ModelAndView refused(Caller caller, String id, @Nullable String list, Change wanted,
			Map<String, String> faults) {
		User user = find(id);
		ModelAndView again = page(user, Typed.of(user).or(wanted), 0, list, faults, caller);
		again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		return again;
	}

	private ModelAndView page(User user, Typed typed, int number, @Nullable String list, Map<String, String> faults,
			Caller caller) {
		TokenPage found = this.tokens.list(user.id(), TokenFilter.ACTIVE, number, Paging.SIZE);
		ModelAndView page = new ModelAndView("user", Map.of("user", user, "typed", typed, "faults", faults));
		page.addObject("back", ListPlace.in("/admin/users", list));
		page.addObject("place", list);
		page.addObject("roles", RoleChoices.of(caller.user()));
		page.addObject("shortestPassword", this.passwords.minLength());
		page.addObject("tokens", found.tokens().stream().map((token) -> TokenRow.of(token, this.moments)).toList());
		page.addObject("paging", Paging.of(number, found.tokens().size(), found.total()));
		return page;
	}

	/** What stands in the fields. */
	record Typed(String name, Set<Role> roles, boolean keepTokens) {

		static Typed of(User user) {
			return new Typed(user.name(), user.roles(), false);
		}

		Typed or(Change wanted) {
			return new Typed((wanted.name() != null) ? wanted.name() : this.name,
					(wanted.roles() != null) ? wanted.roles() : this.roles, Boolean.TRUE.equals(wanted.keepTokens()));
		}

	}

	/** What to change; a form sends only its own part. */
	record Change(@Nullable String name, @Nullable Set<Role> roles, @Nullable Boolean enabled,
			@Nullable String password, @BindParam("keep_tokens") @Nullable Boolean keepTokens) {

		static final Change NONE = new Change(null, null, null, null, null);

		UserChange toChange() {
			return new UserChange(this.name, this.roles, this.enabled,
					(this.password != null) ? new RawPassword(this.password) : null, this.keepTokens);
		}

		@Override
		public String toString() {
			return "Change[****]";
		}

	}

}
