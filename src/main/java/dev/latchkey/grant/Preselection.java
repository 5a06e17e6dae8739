package dev.latchkey.grant;

import java.util.List;
import java.util.UUID;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.Scopes;

import org.springframework.stereotype.Component;

/**
 * What is ticked when somebody is asked for consent, with a browser or for a device. An
 * application that asks for an ordinary scope by its name finds it ticked; what is for
 * administrators, and what only a wildcard names, is for the person to tick, unless he
 * has agreed to it before.
 */
@Component
class Preselection {

	private final ConsentStore consents;

	Preselection(ConsentStore consents) {
		this.consents = consents;
	}

	/**
	 * Returns the names of those of the scopes that are ticked.
	 * @param shown what can be ticked
	 * @param wanted what the application asks for, as it has written it
	 */
	List<String> of(UUID ownerId, UUID clientId, List<Scope> shown, Scopes wanted) {
		Scopes agreed = this.consents.find(ownerId, clientId).orElse(Scopes.of());
		return shown.stream()
			.filter((scope) -> agreed.names().contains(scope.name())
					|| (scope.role() == Role.USER && wanted.names().contains(scope.name())))
			.map(Scope::name)
			.toList();
	}

}
