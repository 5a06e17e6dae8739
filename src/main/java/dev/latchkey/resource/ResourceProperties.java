package dev.latchkey.resource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.latchkey.resource.WantedResource.WantedScope;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.startup.SettingFaults;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The services behind this server that its settings declare.
 *
 * @param resources the services, each with name, address and scopes
 */
@ConfigurationProperties("latchkey")
record ResourceProperties(@DefaultValue List<DeclaredResource> resources) {

	ResourceProperties {
		SettingFaults faults = new SettingFaults("latchkey");
		Map<String, Integer> owners = new HashMap<>();
		for (int i = 0; i < resources.size(); i++) {
			DeclaredResource one = resources.get(i);
			one.addFaults("resources[%d]".formatted(i), faults);
			List<String> taken = new ArrayList<>(List.of("name " + one.name(), "address " + one.address()));
			one.scopes().forEach((scope) -> taken.add("scope " + Scope.firstPart(String.valueOf(scope.name()))));
			for (String what : Set.copyOf(taken)) {
				Integer other = owners.putIfAbsent(what, i);
				if (other != null) {
					faults.add("resources[%d]".formatted(i), "has a %s that latchkey.resources[%d] has already"
						.formatted(what.split(" ", 2)[0].replace("scope", "scope with the first part"), other));
				}
			}
		}
		faults.raise();
	}

	/**
	 * One service.
	 *
	 * @param name what it is called, as {@code [a-z][a-z0-9-]{1,62}}
	 * @param address where it is, an absolute URI without fragment
	 * @param scopes its scopes
	 */
	record DeclaredResource(@Nullable String name, @Nullable String address, @DefaultValue List<DeclaredScope> scopes) {

		/** One fault for each setting that is not as it has to be. */
		private void addFaults(String setting, SettingFaults all) {
			FieldFaults faults = new FieldFaults();
			for (int i = 0; i < this.scopes.size(); i++) {
				if (this.scopes.get(i).readRole() == null) {
					faults.add("scopes[%d].role".formatted(i), ResourceFields.ROLE_RULE);
				}
			}
			new ResourceFields(Set.of()).read(String.valueOf(this.name), wanted(), true, faults);
			try {
				faults.throwIfAny();
			}
			catch (InvalidFieldsException ex) {
				ex.faults().forEach((fault) -> all.add(setting + "." + fault.field(), fault.message()));
			}
		}

		WantedResource wanted() {
			return new WantedResource(this.address, this.scopes.stream().map(DeclaredScope::wanted).toList());
		}

	}

	/**
	 * One of its scopes.
	 *
	 * @param name the name, such as {@code parcels:read}
	 * @param description what it allows
	 * @param role the lowest role whose holders may use it; left out, USER
	 */
	record DeclaredScope(@Nullable String name, @Nullable String description, @DefaultValue("USER") String role) {

		private @Nullable Role readRole() {
			for (Role one : Role.USER.andAbove()) {
				if (one.name().equals(this.role.toUpperCase(Locale.ROOT))) {
					return one;
				}
			}
			return null;
		}

		private WantedScope wanted() {
			return new WantedScope(this.name, this.description, readRole(), null);
		}

	}

}
