package dev.latchkey.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.AlreadyRotatedException;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenNotActiveException;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenRotation;
import dev.latchkey.user.Caller;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/**
 * Asks before a token is rotated, and shows the new one once.
 */
@Controller
@RequestMapping("/tokens/{id}/rotate")
@RequiresScope("tokens:write")
@GivesRight
class RotatePage {

	private static final int[] HOURS = { 1, 24, 72, 168 };

	private final TokenQueries tokens;

	private final TokenRotation rotation;

	private final TokenProperties properties;

	private final RawTokenView rawToken;

	private final Moments moments;

	RotatePage(TokenQueries tokens, TokenRotation rotation, TokenProperties properties, RawTokenView rawToken,
			Moments moments) {
		this.tokens = tokens;
		this.rotation = rotation;
		this.properties = properties;
		this.rawToken = rawToken;
		this.moments = moments;
	}

	@GetMapping
	ModelAndView ask(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return question(caller, id, Map.of());
	}

	/** Sent twice, the second finds the token rotated and shows nothing. */
	@PostMapping
	ModelAndView rotate(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam(defaultValue = "0") String grace, RedirectAttributes redirect) {
		Optional<Duration> kept = graces().stream()
			.map(Grace::hours)
			.filter((hours) -> String.valueOf(hours).equals(grace))
			.findFirst()
			.map(Duration::ofHours);
		if (kept.isEmpty()) {
			ModelAndView again = question(caller, id, Map.of("grace_period", "Choose one of these."));
			again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			return again;
		}
		try {
			return this.rotation.rotate(caller.userId(), PathIds.of(id), null, kept.get(), null)
				.map(this.rawToken::of)
				.orElseThrow(PathIds::notFound);
		}
		catch (AlreadyRotatedException | TokenNotActiveException ex) {
			redirect.addFlashAttribute("done", "The token was rotated or had ended before; nothing was changed.");
			return new ModelAndView(new RedirectView("/tokens"));
		}
	}

	private ModelAndView question(Caller caller, String id, Map<String, String> faults) {
		TokenDetails token = this.tokens.find(caller.userId(), PathIds.of(id)).orElseThrow(PathIds::notFound);
		return new ModelAndView("token-rotate", Map.of("token", TokenRow.of(token, this.moments), "graces", graces(),
				"faults", faults, "cancel", "/tokens"));
	}

	private List<Grace> graces() {
		List<Grace> graces = new ArrayList<>();
		graces.add(new Grace(0, "Not at all"));
		for (int hours : HOURS) {
			Duration length = Duration.ofHours(hours);
			if (length.compareTo(this.properties.maxGracePeriod()) <= 0) {
				graces.add(new Grace(hours, "For " + Moments.span(length)));
			}
		}
		return graces;
	}

	/** How long the old token may live on: what is sent, and what is read. */
	record Grace(int hours, String label) {

	}

}
