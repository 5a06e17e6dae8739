package dev.latchkey.note;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.startup.FeatureMigrations;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * What a token may be allowed to do with notes, and where their table comes from.
 */
@Configuration(proxyBeanMethods = false)
class NoteConfiguration {

	@Bean
	@Order(32)
	Scope readNotes() {
		return new Scope("notes:read", "See your notes", Role.USER);
	}

	@Bean
	@Order(33)
	Scope writeNotes() {
		return new Scope("notes:write", "Write, change and drop notes", Role.USER);
	}

	@Bean
	FeatureMigrations noteMigrations() {
		return new FeatureMigrations("note");
	}

}
