package com.example.billing;

import java.security.Principal;
import java.util.List;
import java.util.UUID;

import dev.latchkey.embedded.LatchkeyTokens;
import dev.latchkey.token.QuotaExceededException;
import dev.latchkey.value.InvalidFieldsException;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
@RequestMapping("/tokens")
class TokenController {

	private final LatchkeyTokens tokens;

	private final AppUserRepository users;

	TokenController(LatchkeyTokens tokens, AppUserRepository users) {
		this.tokens = tokens;
		this.users = users;
	}

	@GetMapping
	String list(Principal user, Model model) {
		model.addAttribute("tokens", this.tokens.of(id(user)));
		return "tokens";
	}

	/** The only time that the token is shown. */
	@PostMapping
	String make(@RequestParam String name, @RequestParam List<String> scopes, Principal user, Model model) {
		String[] wanted = scopes.toArray(String[]::new);
		model.addAttribute("raw", this.tokens.create(id(user), name, wanted).raw().reveal());
		return list(user, model);
	}

	@PostMapping("/{token}/revoke")
	String revoke(@PathVariable UUID token, Principal user) {
		this.tokens.revoke(id(user), token);
		return "redirect:/tokens";
	}

	@ExceptionHandler({ InvalidFieldsException.class, QuotaExceededException.class })
	ResponseEntity<String> refused(RuntimeException refusal) {
		return ResponseEntity.unprocessableContent().body(refusal.getMessage());
	}

	private String id(Principal user) {
		return this.users.findByEmail(user.getName()).orElseThrow().getId().toString();
	}

}
