package dev.latchkey.page;

import java.util.regex.Pattern;

import dev.latchkey.caller.Caller;
import dev.latchkey.language.Language;
import dev.latchkey.language.LanguageRead;
import dev.latchkey.language.ReadersLanguage;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.Public;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.view.RedirectView;

/**
 * Takes the choice of a language, which every page offers, and leads back to that page.
 */
@Controller
class LanguagePage {

	private static final String HOME = "/";

	/** For whom no form of this page is known any more. */
	private static final String PAGE = "/tokens";

	/**
	 * A longer address no browser is sent to; after two slashes it reads another host.
	 */
	private static final Pattern OWN = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]{0,2000}");

	private final ApplicationEventPublisher events;

	LanguagePage(ApplicationEventPublisher events) {
		this.events = events;
	}

	@PostMapping("/language")
	@GivesNoRight(page = PAGE)
	@Public
	RedirectView choose(@RequestParam(defaultValue = "") String language,
			@RequestParam(defaultValue = HOME) String back, HttpServletRequest request, HttpServletResponse response) {
		Language.ofTag(language).ifPresent((chosen) -> {
			ReadersLanguage.choose(chosen, request, response);
			Caller.current().ifPresent((caller) -> this.events.publishEvent(new LanguageRead(caller.userId(), chosen)));
		});
		RedirectView way = new RedirectView(OWN.matcher(back).matches() ? back : HOME);
		way.setExpandUriTemplateVariables(false);
		return way;
	}

}
