package dev.latchkey.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.latchkey.language.Words;
import dev.latchkey.page.LinkedForm.Note;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Names;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads links that fill in the form for a new token: those in a refusal, and those that
 * people send each other. Nobody knows who wrote one, so that it fills in fields and
 * ticks plain scopes of everybody's, and only the person at the form does the rest.
 */
@Component
class FormLinks {

	private static final int MOST_SCOPES = 50;

	private static final int LONGEST_SCOPE = 100;

	/** What somebody else writes there is for a person to read before he presses. */
	private static final int LONGEST_DESCRIPTION = 200;

	private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");

	private final ScopeCatalogue catalogue;

	private final ExpirationChoices expirations;

	FormLinks(ScopeCatalogue catalogue, ExpirationChoices expirations) {
		this.catalogue = catalogue;
		this.expirations = expirations;
	}

	/**
	 * Returns what a link fills in, or empty where the address asks for nothing.
	 * @param days how long the token is to live, if the link says it so
	 * @param roles the roles of who looks at the form
	 */
	Optional<LinkedForm> read(NewTokenForm asked, @Nullable String days, Collection<Role> roles) {
		if (asked.asksForNothing() && days == null) {
			return Optional.empty();
		}
		List<Note> notes = new ArrayList<>();
		NewTokenForm form = asked.asked(name(asked.name(), notes), description(asked.description(), notes),
				expiration((asked.expiration() != null) ? asked.expiration() : days, notes),
				ticked(scopes(asked.scopes()), roles, notes));
		return Optional.of(new LinkedForm(form, List.copyOf(notes)));
	}

	private static @Nullable String name(@Nullable String asked, List<Note> notes) {
		try {
			return (asked != null && !asked.isBlank()) ? Names.parse(asked) : null;
		}
		catch (InvalidValueException ex) {
			notes.add(new Note(null, Words.of("link.name")));
			return null;
		}
	}

	private static @Nullable String description(@Nullable String asked, List<Note> notes) {
		try {
			return (asked != null && !asked.isBlank()) ? Names.parse(asked, LONGEST_DESCRIPTION) : null;
		}
		catch (InvalidValueException ex) {
			notes.add(new Note(null, Words.of("link.description")));
			return null;
		}
	}

	private @Nullable String expiration(@Nullable String asked, List<Note> notes) {
		if (asked == null || asked.isEmpty() || this.expirations.offers(asked)) {
			return (asked != null && asked.isEmpty()) ? null : asked;
		}
		notes.add(new Note(null, Words.of("link.expiration")));
		return null;
	}

	/** Repeated, or in one with commas or spaces between them. */
	private static Set<String> scopes(@Nullable List<String> asked) {
		Set<String> scopes = new LinkedHashSet<>();
		if (asked != null) {
			asked.forEach((one) -> SEPARATOR.splitAsStream(one).filter((name) -> !name.isEmpty()).forEach(scopes::add));
		}
		return scopes;
	}

	private List<String> ticked(Set<String> asked, Collection<Role> roles, List<Note> notes) {
		List<String> ticked = new ArrayList<>();
		asked.stream().limit(MOST_SCOPES).forEach((scope) -> {
			Note note = note(scope, roles);
			if (note == null) {
				ticked.add(scope);
			}
			else {
				notes.add(note);
			}
		});
		if (asked.size() > MOST_SCOPES) {
			notes.add(new Note(null, Words.of("link.too-many", MOST_SCOPES)));
		}
		return ticked;
	}

	/** What looks like no scope is not repeated: it could be anybody's sentence. */
	private @Nullable Note note(String scope, Collection<Role> roles) {
		boolean wildcard = scope.equals(Scopes.ALL) || scope.endsWith(":*");
		String stem = wildcard ? scope.substring(0, scope.length() - 1) + "x" : scope;
		if (scope.length() > LONGEST_SCOPE || !Scope.isName(stem)) {
			return new Note(null, Words.of("link.no-scope"));
		}
		if (wildcard) {
			return new Note(scope, Words.of("link.wildcard"));
		}
		Scope known = this.catalogue.find(scope);
		if (known == null || known.retiredAt() != null) {
			return new Note(scope, Words.of("link.unknown"));
		}
		if (!Role.anyIncludes(roles, known.role())) {
			return new Note(scope, Words.of("link.not-yours"));
		}
		if (!Role.USER.includes(known.role())) {
			return new Note(scope, Words.of("link.administrators"));
		}
		return null;
	}

}
