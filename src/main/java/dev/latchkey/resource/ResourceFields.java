package dev.latchkey.resource;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.latchkey.resource.WantedResource.WantedScope;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Names;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a wish for a resource, each with its own complaint.
 */
final class ResourceFields {

	static final String NAME_RULE = "must have 2 to 63 lower-case letters, digits and dashes, begin with a letter, and not be latchkey, which is this server";

	static final String ROLE_RULE = "must be USER, ADMIN or SUPERUSER";

	private static final String ADDRESS_RULE = "must be an absolute URI with a host such as https://parcels.example.com, or a name such as urn:example:parcels, without fragment, user name and anything but ASCII, of up to 500 characters";

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,62}");

	private static final Pattern ADDRESS = Pattern.compile("[!-~]{1,500}");

	/** What a browser takes for a program. */
	private static final Set<String> RUN = Set.of("javascript", "vbscript", "data");

	private static final Set<String> NAMING = Set.of("urn", "tag");

	/** This server's name, and the scope of the credential flow. */
	private static final Set<String> NEVER = Set.of(Scope.THIS_SERVER, Scopes.API);

	private static final int LAST_PORT = 65535;

	private static final int MAX_SCOPES = 200;

	private static final int LONGEST_SCOPE = 100;

	private static final int LONGEST_DESCRIPTION = 200;

	/** What the names of this server's own scopes begin with. */
	private final Set<String> reserved;

	ResourceFields(Set<String> reserved) {
		this.reserved = reserved;
	}

	static boolean isName(String candidate) {
		return NAME.matcher(candidate).matches() && !Scope.THIS_SERVER.equals(candidate);
	}

	/**
	 * Reads a resource.
	 * @param managed whether the settings declare it
	 */
	Resource read(String name, WantedResource wanted, boolean managed, FieldFaults faults) {
		if (!isName(name)) {
			faults.add("name", NAME_RULE);
		}
		String address = (wanted.address() != null) ? wanted.address() : "";
		if (!isAddress(address)) {
			faults.add("address", ADDRESS_RULE);
		}
		return new Resource(name, address, managed, scopes(name, wanted.scopes(), faults));
	}

	private List<Scope> scopes(String resource, @Nullable List<WantedScope> wanted, FieldFaults faults) {
		if (wanted == null) {
			faults.add("scopes", "must be a list, which may be empty");
			return List.of();
		}
		if (wanted.size() > MAX_SCOPES) {
			faults.add("scopes", "must have at most %d entries".formatted(MAX_SCOPES));
			return List.of();
		}
		List<Scope> scopes = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < wanted.size(); i++) {
			String field = "scopes[%d]".formatted(i);
			WantedScope one = wanted.get(i);
			String name = scopeName(one.name(), field + ".name", seen, faults);
			String description = description(one.description(), field + ".description", faults);
			Role role = (one.role() != null) ? one.role() : Role.USER;
			if (role == Role.GUEST) {
				faults.add(field + ".role", ROLE_RULE);
			}
			if (name != null && description != null) {
				scopes.add(new Scope(name, description, role, false, resource, one.retiredAt()));
			}
		}
		return scopes;
	}

	private @Nullable String scopeName(@Nullable String name, String field, Set<String> seen, FieldFaults faults) {
		if (name == null || name.length() > LONGEST_SCOPE || !Scope.isName(name)) {
			faults.add(field, "must be a name such as parcels:read, of up to %d characters".formatted(LONGEST_SCOPE));
		}
		else if (NEVER.contains(Scope.firstPart(name)) || this.reserved.contains(Scope.firstPart(name))) {
			faults.add(field, "begins with a part that is this server's own");
		}
		else if (!seen.add(name)) {
			faults.add(field, "is listed twice");
		}
		else {
			return name;
		}
		return null;
	}

	private static @Nullable String description(@Nullable String given, String field, FieldFaults faults) {
		try {
			return Names.parse(given, LONGEST_DESCRIPTION);
		}
		catch (InvalidValueException ex) {
			faults.add(field, ex.rule());
			return null;
		}
	}

	/**
	 * Whether it can be what a token is meant for (RFC 8707 section 2): where a service
	 * is asked, or a name (RFC 8141, RFC 4151). What a browser would run is neither.
	 */
	private static boolean isAddress(String candidate) {
		if (!ADDRESS.matcher(candidate).matches()) {
			return false;
		}
		try {
			URI uri = new URI(candidate);
			return uri.isAbsolute() && uri.getRawFragment() == null && uri.getRawUserInfo() == null
					&& (isName(uri) || isPlace(uri));
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	private static boolean isName(URI uri) {
		return NAMING.contains(uri.getScheme().toLowerCase(Locale.ROOT));
	}

	private static boolean isPlace(URI uri) {
		return uri.getHost() != null && uri.getPort() <= LAST_PORT
				&& !RUN.contains(uri.getScheme().toLowerCase(Locale.ROOT));
	}

}
