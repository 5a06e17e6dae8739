package dev.latchkey.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Brings the schema up to date: the server's own tables first, then those of features,
 * which may refer to them.
 */
@Component
class Migrations implements FlywayMigrationStrategy {

	/** What this server's users add to it; the folder may be missing. */
	private static final FeatureMigrations APP = new FeatureMigrations("app");

	/** Made the sample's table until that got a folder of its own. */
	private static final String SAMPLE = "V3__orders.sql";

	private final ObjectProvider<FeatureMigrations> features;

	Migrations(ObjectProvider<FeatureMigrations> features) {
		this.features = features;
	}

	@Override
	public void migrate(Flyway own) {
		(lacksTheSampleAlone(own) ? withoutTheMissing(own) : own).migrate();
		Stream.concat(this.features.orderedStream(), Stream.of(APP))
			.filter(Migrations::hasFiles)
			.forEach((feature) -> migrate(feature, own));
	}

	/**
	 * Whether all that was migrated is there still, but for what moved to
	 * {@code db/sample}.
	 */
	private static boolean lacksTheSampleAlone(Flyway own) {
		return Arrays.stream(own.info().applied())
			.filter((migration) -> migration.getState() == MigrationState.MISSING_SUCCESS)
			.map(MigrationInfo::getScript)
			.toList()
			.equals(List.of(SAMPLE));
	}

	private static Flyway withoutTheMissing(Flyway own) {
		return Flyway.configure()
			.configuration(own.getConfiguration())
			.ignoreMigrationPatterns("*:future", "versioned:missing")
			.load();
	}

	private static void migrate(FeatureMigrations feature, Flyway own) {
		Flyway.configure()
			.configuration(own.getConfiguration())
			.locations(feature.location())
			.table(feature.history())
			// The schema is never empty here: it has the server's tables.
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.load()
			.migrate();
	}

	private static boolean hasFiles(FeatureMigrations feature) {
		try {
			return new PathMatchingResourcePatternResolver()
				.getResources("classpath*:db/" + feature.name() + "/**/*.sql").length > 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
