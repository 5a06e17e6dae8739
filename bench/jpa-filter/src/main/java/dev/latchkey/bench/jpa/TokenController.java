package dev.latchkey.bench.jpa;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TokenController {

	private final TokenService service;

	TokenController(TokenService service) {
		this.service = service;
	}

	@GetMapping("/api/user")
	User user(@AuthenticationPrincipal ApiToken token) {
		Account owner = token.getOwner();
		return new User(owner.getId().toString(), owner.getEmail(), owner.getName(),
				List.of(owner.getRoles().split(" ")), TokenView.of(token));
	}

	@PostMapping("/api/tokens")
	@ResponseStatus(HttpStatus.CREATED)
	IssuedToken issue(@AuthenticationPrincipal ApiToken token, @RequestBody NewToken request) {
		return this.service.issue(token.getOwner().getId(), request);
	}

	record User(String id, String email, String name, List<String> roles, TokenView token) {
	}

}
