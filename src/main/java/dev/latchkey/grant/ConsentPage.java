package dev.latchkey.grant;

import java.net.URI;
import java.time.Clock;
import java.util.List;

import dev.latchkey.caller.Caller;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.language.Language;
import dev.latchkey.scope.AnyToken;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenLives;
import dev.latchkey.web.KeptForm;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Asks whether an application may act for somebody. What is shown comes from the request
 * as it was kept, never from this page's own address.
 */
@Controller
class ConsentPage {

	private final AuthorizationStore store;

	private final ClientCache clients;

	private final ConsentQuestion question;

	private final TokenLives lives;

	private final Clock clock;

	ConsentPage(AuthorizationStore store, ClientCache clients, ConsentQuestion question, TokenLives lives,
			Clock clock) {
		this.store = store;
		this.clients = clients;
		this.question = question;
		this.lives = lives;
		this.clock = clock;
	}

	@AnyToken
	@GivesRight
	@GetMapping("/oauth2/consent")
	String ask(@AuthenticationPrincipal Caller caller, @RequestParam String state, @KeptForm @Nullable Ticks kept,
			Model model) {
		AuthorizationRow asked = this.store.findByState(TokenDigest.of(state))
			.filter((row) -> row.ownerId().equals(caller.userId()))
			.orElseThrow(ConsentPage::gone);
		Client client = this.clients.find(asked.clientId()).orElseThrow(ConsentPage::gone);
		this.question.show(caller, client, asked.rights().wanted(), (kept != null) ? kept.scope() : null, model);
		model.addAttribute("state", state);
		String target = (asked.redirectUri() != null) ? asked.redirectUri() : client.redirectUris().get(0);
		model.addAttribute("lastDay", Language.current().day(this.lives.endOfFamily(this.clock.instant())));
		model.addAttribute("target", origin(URI.create(target)));
		return "consent";
	}

	private static String origin(URI target) {
		return (target.getHost() != null && target.getScheme().startsWith("http"))
				? target.getScheme() + "://" + target.getRawAuthority() : target.getScheme() + ":";
	}

	private static ResponseStatusException gone() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

	/**
	 * What was ticked when the password was asked for.
	 *
	 * @param scope the names of scopes
	 */
	record Ticks(@Nullable List<String> scope) {

	}

}
