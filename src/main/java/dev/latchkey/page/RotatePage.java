package dev.latchkey.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.language.Said;
import dev.latchkey.language.Words;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.AlreadyRotatedException;
import dev.latchkey.token.Expiry;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.QuotaExceededException;
import dev.latchkey.token.SuccessorEnd;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenNotActiveException;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenRotation;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.web.KeptForm;
import org.jspecify.annotations.Nullable;

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

/**
 * Asks before a token is rotated, and shows the new one once.
 */
@Controller
@RequestMapping("/tokens/{id}/rotate")
@RequiresScope("tokens:write")
@GivesRight
class RotatePage {

	private static final String LIST = "/tokens";

	private static final int[] HOURS = { 1, 24, 72, 168 };

	private final TokenQueries tokens;

	private final TokenRotation rotation;

	private final TokenProperties properties;

	private final ExpirationChoices expirations;

	private final RawTokenView rawToken;

	private final TimeFormatter moments;

	RotatePage(TokenQueries tokens, TokenRotation rotation, TokenProperties properties, ExpirationChoices expirations,
			RawTokenView rawToken, TimeFormatter moments) {
		this.tokens = tokens;
		this.rotation = rotation;
		this.properties = properties;
		this.expirations = expirations;
		this.rawToken = rawToken;
		this.moments = moments;
	}

	@GetMapping
	ModelAndView ask(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@KeptForm @Nullable RotationForm kept, @RequestParam @Nullable String list) {
		return question(caller, id, list, (kept != null) ? kept : RotationForm.EMPTY, Map.of());
	}

	/** Sent twice, the second finds the token rotated and shows nothing. */
	@PostMapping
	ModelAndView rotate(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor, @PathVariable String id,
			RotationForm sent, @RequestParam @Nullable String list, RedirectAttributes redirect) {
		SuccessorEnd end = endOf(caller, id);
		RotationForm form = sent.orFresh(end);
		Map<String, String> faults = new HashMap<>();
		Duration grace = grace(form, faults);
		Expiry wish = form.expiry(this.expirations.ofSuccessor(end), end, this.moments.now(), faults);
		if (!faults.isEmpty()) {
			return refused(caller, id, list, form, faults, HttpStatus.UNPROCESSABLE_CONTENT);
		}
		try {
			return this.rotation.rotate(actor, PathIds.of(id), grace, wish)
				.map((issued) -> shown(issued, caller, id, list))
				.orElseThrow(PathIds::notFound);
		}
		catch (InvalidFieldsException refusal) {
			return refused(caller, id, list, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
		}
		catch (QuotaExceededException refusal) {
			return refused(caller, id, list, form,
					Map.of("grace_period", Words.of("rotate.or-end", Said.of(String.valueOf(refusal.getMessage())))),
					HttpStatus.CONFLICT);
		}
		catch (AlreadyRotatedException | TokenNotActiveException ex) {
			redirect.addFlashAttribute("done", Words.of("rotate.too-late"));
			return new ModelAndView("redirect:" + ListPlace.in(LIST, list));
		}
	}

	/** With the token that it replaces, which may live on for a while. */
	private ModelAndView shown(IssuedToken issued, Caller caller, String id, @Nullable String list) {
		ModelAndView page = this.rawToken.of(issued);
		page.addObject("replaced",
				this.tokens.find(caller.userId(), PathIds.of(id))
					.map((token) -> TokenRow.of(token, this.moments))
					.orElse(null));
		page.addObject("back", ListPlace.in(LIST, list));
		return page;
	}

	private Duration grace(RotationForm form, Map<String, String> faults) {
		for (Grace grace : graces()) {
			if (String.valueOf(grace.hours()).equals(form.grace())) {
				return Duration.ofHours(grace.hours());
			}
		}
		faults.put("grace_period", Words.of("shared.choose-one"));
		return Duration.ZERO;
	}

	private SuccessorEnd endOf(Caller caller, String id) {
		return this.rotation.endOfSuccessor(caller.userId(), PathIds.of(id)).orElseThrow(PathIds::notFound);
	}

	private ModelAndView refused(Caller caller, String id, @Nullable String list, RotationForm form,
			Map<String, String> faults, HttpStatus status) {
		ModelAndView again = question(caller, id, list, form, faults);
		again.setStatus(status);
		return again;
	}

	private ModelAndView question(Caller caller, String id, @Nullable String list, RotationForm given,
			Map<String, String> faults) {
		TokenDetails token = this.tokens.find(caller.userId(), PathIds.of(id))
			.filter((found) -> found.kind() == TokenKind.PERSONAL)
			.orElseThrow(PathIds::notFound);
		SuccessorEnd end = endOf(caller, id);
		ModelAndView page = new ModelAndView("token-rotate", Map.of("token", TokenRow.of(token, this.moments), "form",
				given.orFresh(end), "graces", graces(), "faults", faults, "cancel", ListPlace.in(LIST, list)));
		page.addObject("place", list);
		page.addObject("expirations", this.expirations.ofSuccessor(end));
		page.addObject("end", this.moments.ofEnd(end.ofSameLife().at()));
		page.addObject("date", this.moments.ofEnd(end.chosenDate()));
		page.addObject("firstDay", this.expirations.firstDay());
		page.addObject("lastDay", this.expirations.lastDay());
		return page;
	}

	private List<Grace> graces() {
		List<Grace> graces = new ArrayList<>();
		graces.add(new Grace(0, Words.of("rotate.grace.none")));
		for (int hours : HOURS) {
			Duration length = Duration.ofHours(hours);
			if (length.compareTo(this.properties.maxGracePeriod()) <= 0) {
				graces.add(new Grace(hours, Words.of("rotate.grace.for", TimeFormatter.span(length))));
			}
		}
		return graces;
	}

	/** How long the old token may live on: what is sent, and what is read. */
	record Grace(int hours, String label) {

	}

}
