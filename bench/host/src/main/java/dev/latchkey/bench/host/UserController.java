package dev.latchkey.bench.host;

import dev.latchkey.bench.body.User;
import dev.latchkey.scope.RequiresScope;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers the same at two routes that differ by the check alone.
 */
@RestController
class UserController {

	@GetMapping("/open/user")
	User open() {
		return User.ONE;
	}

	@RequiresScope("things:read")
	@GetMapping("/api/user")
	User checked() {
		return User.ONE;
	}

}
