package dev.latchkey.page;

import java.util.Map;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.language.Words;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenEditor;
import dev.latchkey.token.TokenNotActiveException;
import dev.latchkey.token.TokenQueries;
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
 * Changes one of one's own tokens: what it is called, what it may do, which can only
 * become less, and from where it may be used.
 */
@Controller
@RequestMapping("/tokens/{id}/edit")
@RequiresScope("tokens:write")
class EditPage {

	private final TokenQueries tokens;

	private final TokenEditor editor;

	private final ScopeChoices scopes;

	EditPage(TokenQueries tokens, TokenEditor editor, ScopeChoices scopes) {
		this.tokens = tokens;
		this.editor = editor;
		this.scopes = scopes;
	}

	@GetMapping
	ModelAndView ask(@AuthenticationPrincipal Caller caller, @PathVariable String id, @KeptForm @Nullable EditForm kept,
			@RequestParam @Nullable String list) {
		TokenDetails token = find(caller, id);
		EditForm first = EditForm.of(token);
		return form(token, (kept != null) ? kept.or(first) : first, list, Map.of());
	}

	/** More networks than before are a right, for which the editor asks. */
	@PostMapping
	@GivesRight(always = false)
	ModelAndView change(@AuthenticationPrincipal Caller caller, @CurrentActor Actor actor, @PathVariable String id,
			EditForm sent, @RequestParam @Nullable String list, RedirectAttributes redirect) {
		TokenDetails token = find(caller, id);
		try {
			if (this.editor.change(actor, token.id(), sent.toChange(token)).isEmpty()) {
				throw PathIds.notFound();
			}
			redirect.addFlashAttribute("done", Words.of("edit.done"));
		}
		catch (TokenNotActiveException ex) {
			redirect.addFlashAttribute("done", Words.of("edit.ended"));
		}
		catch (InvalidFieldsException refusal) {
			ModelAndView again = form(token, sent.or(EditForm.of(token)), list, FormErrors.of(refusal));
			again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			return again;
		}
		return new ModelAndView("redirect:" + page(token, list));
	}

	private ModelAndView form(TokenDetails token, EditForm form, @Nullable String list, Map<String, String> faults) {
		ModelAndView page = new ModelAndView("token-edit", Map.of("token", token, "form", form, "scopes",
				this.scopes.narrowing(token.terms().scopes()), "faults", faults, "back", page(token, list)));
		page.addObject("place", list);
		return page;
	}

	private TokenDetails find(Caller caller, String id) {
		return this.tokens.find(caller.userId(), PathIds.of(id)).orElseThrow(PathIds::notFound);
	}

	private static String page(TokenDetails token, @Nullable String list) {
		return ListPlace.carriedTo("/tokens/" + token.id(), list);
	}

}
