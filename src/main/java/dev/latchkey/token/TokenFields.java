package dev.latchkey.token;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;

import dev.latchkey.net.IpNetwork;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.ScopeAdmission;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.Echo;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Names;
import dev.latchkey.value.Texts;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads the fields of wishes for tokens, each with its own complaint.
 */
@Component
class TokenFields {

	/** Of a description, or a reason, in code points. */
	private static final int MAX_TEXT = 500;

	private static final int MAX_SCOPES = 100;

	private static final int MAX_NETWORKS = 50;

	private final ScopeCatalogue catalogue;

	private final ScopeAdmission admission;

	private final LifetimeRules lifetimes;

	TokenFields(ScopeCatalogue catalogue, ScopeAdmission admission, LifetimeRules lifetimes) {
		this.catalogue = catalogue;
		this.admission = admission;
		this.lifetimes = lifetimes;
	}

	/**
	 * Reads on what terms a token is wanted.
	 * @param parent the token with which it is made, beyond which it cannot go, or null
	 */
	TokenTerms terms(NewToken wanted, @Nullable ParentToken parent, Instant now, FieldFaults faults) {
		Scopes scopes = this.admission.withoutRetired(scopes(wanted.scopes(), Scopes.of(), faults));
		Resources resources = resources(wanted.resources(), scopes, faults);
		Networks networks = networks(wanted.allowedIps(), faults);
		Integer rateLimit = rateLimit(wanted.rateLimit(), faults);
		Instant ceiling = (parent != null) ? parent.times().end() : null;
		Instant end = this.lifetimes.endOf(wanted, ceiling, now, faults);
		Instant notBefore = notBefore(wanted.notBefore(), end, faults);
		TokenTerms terms = new TokenTerms(scopes, resources, null, false, networks, rateLimit, notBefore, end);
		return (parent != null) ? parent.narrow(terms, this.catalogue, faults) : terms;
	}

	String name(@Nullable String given, FieldFaults faults) {
		try {
			return Names.parse(given);
		}
		catch (InvalidValueException ex) {
			faults.add("name", ex.rule());
			return "";
		}
	}

	/**
	 * Reads what is written about a token; an empty text is none.
	 */
	@Nullable String description(@Nullable String given, FieldFaults faults) {
		return text("description", given, faults);
	}

	/**
	 * Reads why a token is revoked; an empty text is no reason.
	 */
	@Nullable String reason(@Nullable String given, FieldFaults faults) {
		return text("reason", given, faults);
	}

	private static @Nullable String text(String field, @Nullable String given, FieldFaults faults) {
		if (given == null || Texts.strip(given).isEmpty()) {
			return null;
		}
		try {
			return Names.parse(given, MAX_TEXT);
		}
		catch (InvalidValueException ex) {
			faults.add(field, ex.rule());
			return null;
		}
	}

	/**
	 * Reads at which services a token is to be one; left out, at those of its scopes.
	 */
	private Resources resources(@Nullable List<@Nullable String> given, Scopes scopes, FieldFaults faults) {
		if (given == null) {
			SortedSet<String> own = this.catalogue.resourcesOf(scopes);
			return own.isEmpty() ? Resources.OWN : Resources.of(own);
		}
		if (given.isEmpty()) {
			faults.add("resources", "must name at least one resource");
			return Resources.OWN;
		}
		Set<String> named = new LinkedHashSet<>();
		Set<String> known = this.catalogue.resources();
		for (String name : new LinkedHashSet<>(given)) {
			if (name == null || !known.contains(name)) {
				faults.add("resources", "has an entry that is no resource: " + Echo.entry(name, given));
			}
			else {
				named.add(name);
			}
		}
		for (String scope : scopes.names()) {
			String resource = this.catalogue.resourceOf(scope);
			if (resource != null && !named.contains(resource)) {
				faults.add("scopes", "cannot have %s, a scope of %s: the token is not made for that resource"
					.formatted(scope, resource));
			}
		}
		return Resources.of(named);
	}

	/**
	 * Reads scopes for a token.
	 * @param held what it has, and may keep though nobody is given it any more
	 */
	Scopes scopes(@Nullable List<@Nullable String> given, Scopes held, FieldFaults faults) {
		List<String> names = new ArrayList<>();
		if (given == null || given.isEmpty()) {
			faults.add("scopes", "must name at least one scope");
			return Scopes.of();
		}
		Set<@Nullable String> wanted = new LinkedHashSet<>(given);
		int most = Math.max(MAX_SCOPES, held.names().size());
		if (wanted.size() > most) {
			faults.add("scopes", "must name at most %d scopes".formatted(most));
			return Scopes.of();
		}
		Predicate<String> admitted = this.admission.of(wanted);
		for (String name : wanted) {
			if (name == null || !(admitted.test(name) || held.names().contains(name))) {
				faults.add("scopes", "has an entry that is no scope of this server: " + Echo.entry(name, given));
			}
			else {
				names.add(name);
			}
		}
		return Scopes.of(names);
	}

	Networks networks(@Nullable List<@Nullable String> given, FieldFaults faults) {
		List<IpNetwork> blocks = new ArrayList<>();
		if (given == null) {
			return Networks.ANY;
		}
		for (String text : new LinkedHashSet<>(given)) {
			Optional<IpNetwork> block = (text != null) ? IpNetwork.parse(text) : Optional.empty();
			block.ifPresentOrElse(blocks::add,
					() -> faults.add("allowed_ips",
							"has an entry that is no address and no block such as 192.0.2.0/24 or 2001:db8::/32"
									+ " (mapped ones have a length of at least 96): " + Echo.entry(text, given)));
		}
		Networks networks = new Networks(blocks);
		if (networks.blocks().size() > MAX_NETWORKS) {
			faults.add("allowed_ips", "must have at most %d entries".formatted(MAX_NETWORKS));
		}
		return networks;
	}

	private static @Nullable Instant notBefore(@Nullable Instant given, @Nullable Instant end, FieldFaults faults) {
		if (given == null) {
			return null;
		}
		if (end != null && !given.isBefore(end)) {
			faults.add("not_before", "must be before the token expires");
		}
		return given.truncatedTo(ChronoUnit.MICROS);
	}

	private static @Nullable Integer rateLimit(@Nullable Integer given, FieldFaults faults) {
		if (given != null && given < 1) {
			faults.add("rate_limit", "must be at least 1 request a minute");
		}
		return given;
	}

}
