package dev.latchkey.account;

import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.User;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.Public;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The own account, for administrators and for users. A guest is told the same as somebody
 * whose role does not suffice; a token of other services alone is none here.
 */
@Public
@RestController
class MyAccountController {

	@GetMapping("/admin/my-account")
	MyAccount admin(@AuthenticationPrincipal @Nullable Caller caller) {
		return account(caller, Role.ADMIN);
	}

	@GetMapping("/user/my-account")
	MyAccount user(@AuthenticationPrincipal @Nullable Caller caller) {
		return account(caller, Role.USER);
	}

	private static MyAccount account(@Nullable Caller caller, Role needed) {
		if (caller == null || !Role.anyIncludes(caller.user().roles(), needed)) {
			throw new ProblemException(ProblemCode.FORBIDDEN,
					"This account is shown to the role %s.".formatted(needed));
		}
		if (!caller.currentToken().map((token) -> token.resources().includes(Scope.THIS_SERVER)).orElse(true)) {
			throw new ProblemException(ProblemCode.FORBIDDEN, "The token is not bound to this server.");
		}
		User user = caller.user();
		return new MyAccount(user.id(), user.email(), user.name(), user.roles());
	}

	record MyAccount(UUID id, String email, String name, Set<Role> roles) {

	}

}
