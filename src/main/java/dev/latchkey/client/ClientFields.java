package dev.latchkey.client;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.latchkey.resource.ResourceRegistry;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeAdmission;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.Echo;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Names;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads the fields of wishes for clients, each with its own complaint: the first one of
 * each field.
 */
@Component
class ClientFields {

	private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,63}");

	private static final int MAX_ENTRIES = 50;

	private static final String GRANT_TYPES = "grant_types";

	private final ScopeCatalogue catalogue;

	private final ScopeAdmission admission;

	private final ResourceRegistry resources;

	ClientFields(ScopeCatalogue catalogue, ScopeAdmission admission, ResourceRegistry resources) {
		this.catalogue = catalogue;
		this.admission = admission;
		this.resources = resources;
	}

	static boolean isClientId(String id) {
		return CLIENT_ID.matcher(id).matches();
	}

	/**
	 * Returns whether a client could be called so: by what registers it, or by the
	 * address of its document.
	 */
	static boolean mayBeName(String id) {
		return isClientId(id) || DocumentAddress.isOne(id);
	}

	String clientId(@Nullable String given, String otherwise, FieldFaults faults) {
		String id = (given != null) ? given : otherwise;
		if (!isClientId(id)) {
			faults.addFirst("client_id", "must have 3 to 64 letters, digits, dots, dashes and underscores");
		}
		return id;
	}

	String name(@Nullable String given, FieldFaults faults) {
		try {
			return Names.parse(given);
		}
		catch (InvalidValueException ex) {
			faults.addFirst("name", ex.rule());
			return "";
		}
	}

	Scopes scopes(WantedClient.Terms wanted, FieldFaults faults) {
		List<String> names = entries(wanted.scopes(), "scopes", faults);
		if (names.isEmpty()) {
			faults.addFirst("scopes", "must name at least one scope");
		}
		Predicate<String> admitted = this.admission.of(List.copyOf(names));
		for (String name : names) {
			if (!Scope.isName(name) || !admitted.test(name)) {
				faults.addFirst("scopes", "has an entry that is no scope of this server: %s; a client names each one"
					.formatted(Echo.entry(name, names)));
			}
		}
		return Scopes.of(names);
	}

	/**
	 * Reads what a client is to be allowed.
	 * @param scopes its scopes, which were read before
	 * @param confidential whether it can keep a secret
	 */
	ClientTerms terms(WantedClient.Terms wanted, Scopes scopes, boolean confidential, FieldFaults faults) {
		return new ClientTerms(grantTypes(wanted, confidential, faults), scopes, redirectUris(wanted, faults),
				audiences(wanted, faults), role(wanted, faults), resource(wanted, faults));
	}

	private static Set<GrantType> grantTypes(WantedClient.Terms wanted, boolean confidential, FieldFaults faults) {
		Set<GrantType> types = EnumSet.noneOf(GrantType.class);
		List<String> names = entries(wanted.grantTypes(), GRANT_TYPES, faults);
		for (String name : names) {
			Optional<GrantType> type = GrantType.of(name);
			type.ifPresentOrElse(types::add, () -> faults.addFirst(GRANT_TYPES,
					"has an entry that this server does not know: " + Echo.entry(name, names)));
		}
		if (types.isEmpty()) {
			faults.addFirst(GRANT_TYPES, "must name at least one grant type");
		}
		boolean needsSecret = types.contains(GrantType.CLIENT_CREDENTIALS) || types.contains(GrantType.PASSWORD)
				|| types.contains(GrantType.TOKEN_EXCHANGE);
		if (needsSecret && !confidential) {
			faults.addFirst(GRANT_TYPES, "can only name authorization_code, refresh_token and %s without a secret"
				.formatted(GrantType.DEVICE_CODE.value()));
		}
		return types;
	}

	private static List<String> redirectUris(WantedClient.Terms wanted, FieldFaults faults) {
		List<String> uris = entries(wanted.redirectUris(), "redirect_uris", faults);
		requireEach(uris, RedirectUris::isAcceptable, "redirect_uris", RedirectUris.RULE, faults);
		if (uris.isEmpty()
				&& entries(wanted.grantTypes(), GRANT_TYPES, faults).contains(GrantType.AUTHORIZATION_CODE.value())) {
			faults.addFirst("redirect_uris", "must have at least one entry for authorization_code");
		}
		return uris;
	}

	private @Nullable String resource(WantedClient.Terms wanted, FieldFaults faults) {
		String resource = wanted.resource();
		if (resource != null && (!this.catalogue.resources().contains(resource)
				|| !this.resources.lockForShare(Resources.of(resource)))) {
			faults.addFirst("resource", "must be the name of a resource");
		}
		return resource;
	}

	private static List<String> audiences(WantedClient.Terms wanted, FieldFaults faults) {
		List<String> audiences = entries(wanted.audiences(), "audiences", faults);
		requireEach(audiences, Audiences::isAcceptable, "audiences", Audiences.RULE, faults);
		return audiences.stream().distinct().toList();
	}

	private static void requireEach(List<String> entries, Predicate<String> acceptable, String field, String rule,
			FieldFaults faults) {
		entries.stream()
			.filter(Predicate.not(acceptable))
			.findFirst()
			.ifPresent((entry) -> faults.addFirst(field, rule.formatted(entries.indexOf(entry) + 1)));
	}

	private static @Nullable Role role(WantedClient.Terms wanted, FieldFaults faults) {
		String name = wanted.role();
		boolean passwords = entries(wanted.grantTypes(), GRANT_TYPES, faults).contains(GrantType.PASSWORD.value());
		if (!passwords && name == null) {
			return null;
		}
		for (Role role : Role.values()) {
			if (role.name().equals(name) && passwords) {
				return role;
			}
		}
		faults.addFirst("role", "must be a role for the grant type password, and be left out otherwise");
		return null;
	}

	private static List<String> entries(@Nullable List<@Nullable String> given, String field, FieldFaults faults) {
		List<String> entries = new ArrayList<>();
		if (given != null && given.size() > MAX_ENTRIES) {
			faults.addFirst(field, "must have at most %d entries".formatted(MAX_ENTRIES));
			return entries;
		}
		for (String entry : (given != null) ? given : List.<String>of()) {
			entries.add((entry != null) ? entry : "");
		}
		return entries;
	}

}
