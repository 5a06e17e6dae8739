package dev.latchkey.startup;

/**
 * A feature whose tables are made by migrations of its own: those in {@code db/<name>} on
 * the class path, with a history of their own ({@code <name>_schema_history}), so that
 * its versions never collide with the server's. They run after the server's.
 *
 * @param name the folder's name: letters and underscores
 */
public record FeatureMigrations(String name) {

	public FeatureMigrations {
		if (!name.matches("[a-z_]{1,40}")) {
			throw new IllegalArgumentException("No name of a folder and a table: " + name);
		}
	}

	String location() {
		return "classpath:db/" + this.name;
	}

	String history() {
		return this.name + "_schema_history";
	}

}
