package dev.latchkey.api;

import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.User;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The caller's own account.
 */
@RestController
class UserController {

	@GetMapping("/api/user")
	@RequiresScope("user:read")
	OwnAccount user(@AuthenticationPrincipal Caller caller, @CurrentSecurityContext SecurityContext context) {
		User user = caller.user();
		return new OwnAccount(user.id(), user.email(), user.name(), user.roles(), TokenBody.of(context));
	}

	record OwnAccount(UUID id, String email, String name, Set<Role> roles, @Nullable TokenBody token) {

	}

}
