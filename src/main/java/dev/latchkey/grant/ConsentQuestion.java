package dev.latchkey.grant;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.latchkey.caller.Caller;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientDocuments;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * The question whether an application may act for somebody, the same with a browser and
 * for a device: what can be ticked, what of that is ticked, and what comes of the answer.
 * A wildcard stands for each scope under it that is given still.
 */
@Component
public class ConsentQuestion {

	private final ClientDocuments documents;

	private final ScopeCatalogue catalogue;

	private final Preselection preselection;

	ConsentQuestion(ClientDocuments documents, ScopeCatalogue catalogue, Preselection preselection) {
		this.documents = documents;
		this.catalogue = catalogue;
		this.preselection = preselection;
	}

	/**
	 * Returns the names of all that can be agreed to where this is asked for.
	 */
	public Set<String> choices(Scopes wanted) {
		return asked(wanted).stream().map(Scope::name).collect(Collectors.toUnmodifiableSet());
	}

	/** What is agreed to by these ticks, within what the own roles allow. */
	Scopes agreed(Scopes wanted, Collection<String> ticked, Set<Role> roles) {
		return Scopes.of(choices(wanted).stream()
			.filter((name) -> ticked.contains(name) && this.catalogue.allows(roles, name))
			.toList());
	}

	/**
	 * Shows who asks for what.
	 * @param kept what was ticked when the question was asked before, or null
	 */
	void show(Caller caller, Client client, Scopes wanted, @Nullable List<String> kept, Model model) {
		List<Scope> asked = asked(wanted);
		Set<Role> roles = caller.user().roles();
		model.addAttribute("client", client);
		model.addAttribute("unverified", this.documents.unverifiedHost(client).orElse(null));
		model.addAttribute("account", caller.user());
		model.addAttribute("scopes",
				asked.stream().filter((scope) -> this.catalogue.allows(roles, scope.name())).toList());
		model.addAttribute("beyond",
				asked.stream().filter((scope) -> !this.catalogue.allows(roles, scope.name())).toList());
		model.addAttribute("ticked",
				(kept != null) ? kept : this.preselection.of(caller.userId(), client.id(), asked, wanted));
	}

	private List<Scope> asked(Scopes wanted) {
		return this.catalogue.offered()
			.stream()
			.filter((scope) -> this.catalogue.covers(wanted, scope.name()))
			.toList();
	}

}
