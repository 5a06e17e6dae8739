package dev.latchkey.embedded;

import javax.sql.DataSource;

import dev.latchkey.startup.StartupFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;

/**
 * Latchkey in an application that has a database.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
		"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration" })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(EmbeddedProperties.class)
class LatchkeyAutoConfiguration {

	/**
	 * After the application's own migrations, so that its users are there.
	 */
	@Bean
	@DependsOnDatabaseInitialization
	LatchkeyCore latchkeyCore(ObjectProvider<DataSource> databases,
			@LatchkeyDataSource ObjectProvider<DataSource> ownDatabase,
			ObjectProvider<PlatformTransactionManager> transactions,
			@LatchkeyDataSource ObjectProvider<PlatformTransactionManager> ownTransactions,
			ObjectProvider<TokenOwners> owners, ObjectProvider<UserDetailsService> users,
			ObjectProvider<JdbcConnectionDetails> details, HostRights rights, EmbeddedProperties properties,
			ConfigurableApplicationContext application) {
		DataSource database = only(ownDatabase, databases);
		PlatformTransactionManager manager = ownTransactions.getIfUnique();
		if (manager == null) {
			manager = managing(database, transactions.getIfUnique());
		}
		return LatchkeyCore
			.start(new LatchkeyCore.Host(database, manager, owners(owners, users, properties), details.getIfUnique(),
					rights, properties, application, application.getEnvironment(), application.getClassLoader()));
	}

	@Bean
	LatchkeyMetrics latchkeyMetrics(LatchkeyCore core, ObjectProvider<OwnRoutes> routes) {
		return new LatchkeyMetrics(core, routes);
	}

	@Bean
	LatchkeyTokens latchkeyTokens(LatchkeyCore core) {
		return new LatchkeyTokens(core);
	}

	@Bean
	OwnerListener latchkeyOwnerListener(LatchkeyCore core, LatchkeyTokens tokens) {
		return new OwnerListener(core, tokens);
	}

	private static DataSource only(ObjectProvider<DataSource> own, ObjectProvider<DataSource> all) {
		DataSource marked = own.getIfUnique();
		DataSource found = (marked != null) ? marked : all.getIfUnique();
		if (found == null) {
			throw new StartupFailure("The application has several DataSources and none is primary. Mark the one in"
					+ " which tokens are to be kept with @LatchkeyDataSource.");
		}
		return found;
	}

	/**
	 * The application's, if it is about that database, so that what it does together
	 * stands or falls together.
	 */
	private static PlatformTransactionManager managing(DataSource database,
			@Nullable PlatformTransactionManager manager) {
		return (manager != null && isAbout(database, manager)) ? manager : new JdbcTransactionManager(database);
	}

	/**
	 * JPA's is about a factory of its own, and says as a property which database that
	 * uses.
	 */
	private static boolean isAbout(DataSource database, PlatformTransactionManager manager) {
		if (manager instanceof ResourceTransactionManager resource
				&& resource.getResourceFactory() instanceof DataSource managed) {
			return LatchkeyCore.bare(managed) == LatchkeyCore.bare(database);
		}
		BeanWrapperImpl properties = new BeanWrapperImpl(manager);
		return properties.isReadableProperty("dataSource")
				&& properties.getPropertyValue("dataSource") instanceof DataSource managed
				&& LatchkeyCore.bare(managed) == LatchkeyCore.bare(database);
	}

	private static @Nullable TokenOwners owners(ObjectProvider<TokenOwners> owners,
			ObjectProvider<UserDetailsService> users, EmbeddedProperties properties) {
		TokenOwners own = owners.getIfAvailable();
		UserDetailsService names = (own == null && properties.owners().usernameIsId()) ? users.getIfUnique() : null;
		return (names != null) ? new UserDetailsOwners(names) : own;
	}

}
