package dev.latchkey.client;

import java.util.Arrays;
import java.util.List;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.language.Said;
import dev.latchkey.page.PathIds;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.web.KeptForm;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Where administrators register and remove applications.
 */
@Controller
@RequestMapping("/admin/clients")
class ClientPage {

	private static final int SHOWN = 1000;

	private final ClientRegistrations registrations;

	private final ClientRemoval removal;

	private final RemovedClients removed;

	private final ScopeCatalogue catalogue;

	ClientPage(ClientRegistrations registrations, ClientRemoval removal, RemovedClients removed,
			ScopeCatalogue catalogue) {
		this.registrations = registrations;
		this.removal = removal;
		this.removed = removed;
		this.catalogue = catalogue;
	}

	@GetMapping
	@RequiresScope("users:read")
	String list(Model model) {
		model.addAttribute("clients", this.registrations.list(0, SHOWN));
		model.addAttribute("removed", this.removed.list(0, SHOWN));
		return "clients";
	}

	@GetMapping("/new")
	@RequiresScope({ "users:read", "users:write" })
	@GivesRight
	String form(@KeptForm @Nullable ClientForm kept, Model model) {
		return form(model, (kept != null) ? kept : new ClientForm(null, null, null, null, null, null, true), List.of());
	}

	@PostMapping
	@RequiresScope({ "users:read", "users:write" })
	@GivesRight(page = "/admin/clients/new")
	String register(@CurrentActor Actor actor, @ModelAttribute ClientForm form, Model model,
			HttpServletResponse response) {
		try {
			RegisteredSecret made = this.registrations.register(actor, form.toWanted());
			ClientSecret secret = made.secret();
			model.addAttribute("client", made.client());
			model.addAttribute("secret", (secret != null) ? secret.value() : null);
			response.setHeader("Cache-Control", "no-store");
			return "client-registered";
		}
		catch (InvalidFieldsException ex) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return form(model, form, ex.faults());
		}
	}

	@GetMapping("/{id}/remove")
	@RequiresScope({ "users:read", "users:write" })
	String ask(@PathVariable String id, Model model) {
		model.addAttribute("client", this.registrations.find(PathIds.of(id)).orElseThrow(PathIds::notFound));
		return "client-remove";
	}

	@PostMapping("/{id}/remove")
	@RequiresScope({ "users:read", "users:write" })
	@GivesNoRight
	String remove(@CurrentActor Actor actor, @PathVariable String id) {
		this.removal.remove(actor, PathIds.of(id));
		return "redirect:/admin/clients";
	}

	@PostMapping("/removed/{id}/readmit")
	@RequiresScope({ "users:read", "users:write" })
	@GivesNoRight(page = "/admin/clients")
	String readmit(@CurrentActor Actor actor, @PathVariable String id) {
		if (!this.removed.readmit(actor, PathIds.of(id))) {
			throw PathIds.notFound();
		}
		return "redirect:/admin/clients";
	}

	private String form(Model model, ClientForm form, List<FieldFault> faults) {
		model.addAttribute("form", form);
		model.addAttribute("faults", Said.of(faults));
		model.addAttribute("scopes", this.catalogue.offered());
		model.addAttribute("resources", this.catalogue.resources());
		model.addAttribute("grantTypes", List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN,
				GrantType.CLIENT_CREDENTIALS, GrantType.TOKEN_EXCHANGE, GrantType.DEVICE_CODE));
		return "client-new";
	}

	/** What the form sends. */
	record ClientForm(@Nullable String name, @Nullable String redirectUris, @Nullable String audiences,
			@Nullable List<String> scopes, @Nullable List<String> grantTypes, @Nullable String resource,
			@Nullable Boolean confidential) {

		WantedClient toWanted() {
			String service = (this.resource == null || this.resource.isBlank()) ? null : this.resource.strip();
			return WantedClient.named(this.name, this.confidential != null,
					new WantedClient.Terms(nullable(this.grantTypes), nullable(this.scopes), lines(this.redirectUris),
							lines(this.audiences), null, service));
		}

		private static List<@Nullable String> lines(@Nullable String text) {
			return (text != null)
					? List.copyOf(Arrays.stream(text.split("\\s+")).filter((line) -> !line.isEmpty()).toList())
					: List.of();
		}

		private static List<@Nullable String> nullable(@Nullable List<String> chosen) {
			return (chosen != null) ? List.copyOf(chosen) : List.of();
		}

	}

}
