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
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Names;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a wish for a client, and collects what is wrong with them.
 */
class ClientFields {

	private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,63}");

	private static final int MAX_ENTRIES = 50;

	private static final String GRANT_TYPES = "grant_types";

	private final WantedClient wanted;

	private final WantedClient.Terms terms;

	private final ScopeCatalogue catalogue;

	private final ScopeAdmission admission;

	private final ResourceRegistry resources;

	private final FieldFaults faults = new FieldFaults();

	ClientFields(WantedClient wanted, ScopeCatalogue catalogue, ScopeAdmission admission, ResourceRegistry resources) {
		this.wanted = wanted;
		this.terms = wanted.terms();
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

	String clientId(String otherwise) {
		String id = (this.wanted.clientId() != null) ? this.wanted.clientId() : otherwise;
		if (!isClientId(id)) {
			refuse("client_id", "must have 3 to 64 letters, digits, dots, dashes and underscores");
		}
		return id;
	}

	String name() {
		try {
			return Names.parse(this.wanted.name());
		}
		catch (InvalidValueException ex) {
			refuse("name", ex.rule());
			return "";
		}
	}

	Set<GrantType> grantTypes() {
		Set<GrantType> types = EnumSet.noneOf(GrantType.class);
		for (String name : entries(this.terms.grantTypes(), GRANT_TYPES)) {
			Optional<GrantType> type = GrantType.of(name);
			type.ifPresentOrElse(types::add, () -> refuse(GRANT_TYPES, "has an entry that this server does not know"));
		}
		if (types.isEmpty()) {
			refuse(GRANT_TYPES, "must name at least one grant type");
		}
		boolean needsSecret = types.contains(GrantType.CLIENT_CREDENTIALS) || types.contains(GrantType.PASSWORD)
				|| types.contains(GrantType.TOKEN_EXCHANGE);
		if (needsSecret && !confidential()) {
			refuse(GRANT_TYPES, "can only name authorization_code, refresh_token and %s without a secret"
				.formatted(GrantType.DEVICE_CODE.value()));
		}
		return types;
	}

	Scopes scopes() {
		List<String> names = entries(this.terms.scopes(), "scopes");
		if (names.isEmpty()) {
			refuse("scopes", "must name at least one scope");
		}
		Predicate<String> admitted = this.admission.of(List.copyOf(names));
		for (String name : names) {
			if (!Scope.isName(name) || !admitted.test(name)) {
				refuse("scopes", "has an entry that is no scope of this server; a client names each one");
			}
		}
		return Scopes.of(names);
	}

	List<String> redirectUris() {
		List<String> uris = entries(this.terms.redirectUris(), "redirect_uris");
		if (!uris.stream().allMatch(RedirectUris::isAcceptable)) {
			refuse("redirect_uris", RedirectUris.RULE);
		}
		if (uris.isEmpty()
				&& entries(this.terms.grantTypes(), GRANT_TYPES).contains(GrantType.AUTHORIZATION_CODE.value())) {
			refuse("redirect_uris", "must have at least one entry for authorization_code");
		}
		return uris;
	}

	@Nullable String resource() {
		String resource = this.terms.resource();
		if (resource != null && (!this.catalogue.resources().contains(resource)
				|| !this.resources.lockForShare(Resources.of(resource)))) {
			refuse("resource", "must be the name of a resource");
		}
		return resource;
	}

	List<String> audiences() {
		List<String> audiences = entries(this.terms.audiences(), "audiences").stream().distinct().toList();
		if (!audiences.stream().allMatch(Audiences::isAcceptable)) {
			refuse("audiences", Audiences.RULE);
		}
		return audiences;
	}

	@Nullable Role role() {
		String name = this.terms.role();
		boolean passwords = entries(this.terms.grantTypes(), GRANT_TYPES).contains(GrantType.PASSWORD.value());
		if (!passwords && name == null) {
			return null;
		}
		for (Role role : Role.values()) {
			if (role.name().equals(name) && passwords) {
				return role;
			}
		}
		refuse("role", "must be a role for the grant type password, and be left out otherwise");
		return null;
	}

	boolean confidential() {
		return this.wanted.confidential();
	}

	void refuse(String field, String message) {
		this.faults.addFirst(field, message);
	}

	void throwIfAny() {
		this.faults.throwIfAny();
	}

	private List<String> entries(@Nullable List<@Nullable String> given, String field) {
		List<String> entries = new ArrayList<>();
		if (given != null && given.size() > MAX_ENTRIES) {
			refuse(field, "must have at most %d entries".formatted(MAX_ENTRIES));
			return entries;
		}
		for (String entry : (given != null) ? given : List.<String>of()) {
			entries.add((entry != null) ? entry : "");
		}
		return entries;
	}

}
