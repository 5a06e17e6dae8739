package dev.latchkey.resource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.CurrentActor;
import dev.latchkey.language.Said;
import dev.latchkey.resource.WantedResource.WantedScope;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Times;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where administrators add, change and remove the services behind this server.
 */
@Controller
@RequestMapping("/admin/resources")
class ResourcePage {

	private final ResourceRegistry known;

	private final ResourceEditor editor;

	ResourcePage(ResourceRegistry known, ResourceEditor editor) {
		this.known = known;
		this.editor = editor;
	}

	@GetMapping
	@RequiresScope("resources:read")
	String list(Model model) {
		model.addAttribute("resources", this.known.all());
		return "resources";
	}

	/** The form for a new one, or for that of the name in the link. */
	@GetMapping("/edit")
	@RequiresScope({ "resources:read", "resources:write" })
	@GivesRight
	String form(@RequestParam @Nullable String name, @KeptForm @Nullable ResourceForm kept, Model model) {
		ResourceForm form = new ResourceForm(name, null, null, null);
		if (kept != null) {
			form = kept;
		}
		else if (name != null) {
			form = this.known.find(name).map(ResourceForm::of).orElse(form);
		}
		return form(model, form, List.of(), null);
	}

	@PostMapping("/edit")
	@RequiresScope({ "resources:read", "resources:write" })
	@GivesRight
	String put(@CurrentActor Actor actor, @ModelAttribute ResourceForm form, Model model,
			HttpServletResponse response) {
		try {
			this.editor.put(actor, form.requireName(), form.toWanted(), form.isNew());
			return "redirect:/admin/resources";
		}
		catch (InvalidFieldsException ex) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return form(model, form, ex.faults(), null);
		}
		catch (ResourceConflictException ex) {
			response.setStatus(HttpStatus.CONFLICT.value());
			model.addAttribute("taken", form.isNew() && isChangeable(form.requireName()));
			return form(model, form, List.of(), ex.getMessage());
		}
	}

	@GetMapping("/{name}/remove")
	@RequiresScope({ "resources:read", "resources:write" })
	String ask(@PathVariable String name, Model model) {
		model.addAttribute("resource",
				this.known.find(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
		return "resource-remove";
	}

	@PostMapping("/{name}/remove")
	@RequiresScope({ "resources:read", "resources:write" })
	@GivesNoRight
	String remove(@CurrentActor Actor actor, @PathVariable String name, Model model, HttpServletResponse response) {
		try {
			if (!this.editor.remove(actor, name)) {
				throw new ResponseStatusException(HttpStatus.NOT_FOUND);
			}
			return "redirect:/admin/resources";
		}
		catch (ResourceConflictException ex) {
			response.setStatus(HttpStatus.CONFLICT.value());
			model.addAttribute("conflict", Said.of(String.valueOf(ex.getMessage())));
			return ask(name, model);
		}
	}

	private boolean isChangeable(String name) {
		return this.known.find(name).filter((resource) -> !resource.managedBySettings()).isPresent();
	}

	private static String form(Model model, ResourceForm form, List<FieldFault> faults, @Nullable String conflict) {
		model.addAttribute("form", form);
		model.addAttribute("adding", form.isNew());
		model.addAttribute("faults", Said.of(faults));
		model.addAttribute("conflict", (conflict != null) ? Said.of(conflict) : null);
		return "resource-edit";
	}

	/**
	 * What the form sends: of the scopes each in a line, its name, role and description,
	 * and in brackets before it since when it is retired, or nothing where a description
	 * begins like that.
	 *
	 * @param changed the name of the resource that is to be changed; empty for a new one
	 */
	record ResourceForm(@Nullable String name, @Nullable String address, @Nullable String scopes,
			@Nullable String changed) {

		private static final Pattern RETIREMENT = Pattern.compile("\\[(\\d[^]]*|)](.*)", Pattern.DOTALL);

		private static ResourceForm of(Resource resource) {
			List<String> lines = new ArrayList<>();
			for (Scope scope : resource.scopes()) {
				String plain = RETIREMENT.matcher(scope.description()).matches() ? "[] " : "";
				String retired = (scope.retiredAt() != null) ? "[" + scope.retiredAt() + "] " : plain;
				lines.add("%s %s %s%s".formatted(scope.name(), scope.role(), retired, scope.description()));
			}
			return new ResourceForm(resource.name(), resource.address(), String.join("\n", lines), resource.name());
		}

		private boolean isNew() {
			return this.changed == null || this.changed.isBlank();
		}

		private String requireName() {
			String given = (this.name != null) ? this.name.strip() : "";
			FieldFaults faults = new FieldFaults();
			if (!isNew() && !given.equals(this.changed)) {
				faults.add("name", "stays as it is; add a service of the other name, and remove this one");
			}
			faults.throwIfAny();
			return given;
		}

		private WantedResource toWanted() {
			FieldFaults faults = new FieldFaults();
			List<WantedScope> scopes = new ArrayList<>();
			for (String line : ((this.scopes != null) ? this.scopes : "").split("\\R", -1)) {
				if (!line.isBlank()) {
					scopes.add(scope(line.strip(), scopes.size(), faults));
				}
			}
			faults.throwIfAny();
			return new WantedResource((this.address != null) ? this.address.strip() : null, scopes);
		}

		private static WantedScope scope(String line, int place, FieldFaults faults) {
			String[] parts = line.split("\\s+", 3);
			Role role = Arrays.stream(Role.values())
				.filter((one) -> parts.length > 1 && one.name().equals(parts[1]))
				.findFirst()
				.orElse(null);
			if (role == null) {
				faults.add("scopes[%d].role".formatted(place), ResourceFields.ROLE_RULE);
			}
			String rest = (parts.length > 2) ? parts[2] : "";
			Matcher retirement = RETIREMENT.matcher(rest);
			if (!retirement.matches()) {
				return new WantedScope(parts[0], rest, role, null);
			}
			String moment = retirement.group(1);
			try {
				return new WantedScope(parts[0], retirement.group(2), role,
						moment.isEmpty() ? null : Times.parse(moment));
			}
			catch (InvalidValueException ex) {
				faults.add("scopes[%d].retired_at".formatted(place), ex.rule());
				return new WantedScope(parts[0], rest, role, null);
			}
		}

	}

}
