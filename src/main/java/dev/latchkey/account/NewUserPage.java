package dev.latchkey.account;

import java.util.Map;
import java.util.Set;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.caller.User;
import dev.latchkey.language.Words;
import dev.latchkey.page.FormErrors;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.scope.Role;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.web.KeptForm;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/**
 * The form that makes an account.
 */
@Controller
@RequestMapping("/admin/users/new")
@RequiresScope("users:write")
@GivesRight
class NewUserPage {

	private final UserService users;

	private final PasswordRules passwords;

	NewUserPage(UserService users, PasswordRules passwords) {
		this.users = users;
		this.passwords = passwords;
	}

	@GetMapping
	ModelAndView empty(@AuthenticationPrincipal Caller caller, @KeptForm @Nullable NewUserForm kept) {
		return form((kept != null) ? kept : new NewUserForm(null, null, null, Set.of(Role.USER)), Map.of(), caller);
	}

	@PostMapping
	ModelAndView make(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor, NewUserForm form,
			RedirectAttributes redirect) {
		try {
			User made = this.users.create(actor, form.toNewUser());
			redirect.addFlashAttribute("done", Words.of("user.new.done"));
			return new ModelAndView(new RedirectView("/admin/users/" + made.id()));
		}
		catch (InvalidFieldsException refusal) {
			ModelAndView again = form(form, FormErrors.of(refusal), caller);
			again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			return again;
		}
	}

	private ModelAndView form(NewUserForm form, Map<String, String> faults, Caller caller) {
		return new ModelAndView("user-new", Map.of("form", form, "faults", faults, "roles",
				RoleChoices.of(caller.user()), "shortestPassword", this.passwords.minLength()));
	}

	/** What was typed; the password is not shown again. */
	record NewUserForm(@Nullable String email, @Nullable String name, @Nullable String password,
			@Nullable Set<Role> roles) {

		NewUser toNewUser() {
			return new NewUser(this.email, this.name, new RawPassword((this.password != null) ? this.password : ""),
					(this.roles != null) ? this.roles : Set.of());
		}

		@Override
		public String toString() {
			return "NewUserForm[****]";
		}

	}

}
