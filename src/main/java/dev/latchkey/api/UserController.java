package dev.latchkey.api;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.scope.RequiresScope;
import dev.latchkey.scope.Role;
import dev.latchkey.user.Caller;
import dev.latchkey.user.CurrentToken;
import dev.latchkey.user.User;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The caller's own account.
 */
@RestController
class UserController {

	@GetMapping("/api/user")
	@RequiresScope("user:read")
	OwnAccount user(@AuthenticationPrincipal Caller caller) {
		User user = caller.user();
		return new OwnAccount(user.id(), user.email(), user.name(), user.roles(),
				caller.currentToken().map(PresentedToken::of).orElse(null));
	}

	record OwnAccount(UUID id, String email, String name, Set<Role> roles, @Nullable PresentedToken token) {

	}

	record PresentedToken(UUID id, String name, List<String> scopes, String hint, @Nullable Instant expiresAt) {

		static PresentedToken of(CurrentToken token) {
			return new PresentedToken(token.id(), token.name(), List.copyOf(token.scopes().names()), token.hint(),
					token.expiresAt());
		}

	}

}
