package dev.latchkey.embedded;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import dev.latchkey.caller.AuditedAct;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.startup.StartupFailure;
import dev.latchkey.verification.Beliefs;
import dev.latchkey.verification.Hearing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Latchkey within the application: what verifies, makes and ends tokens, in a context of
 * its own. The application's context has none of its beans, so that none of them makes
 * Spring Boot's back off, and its multicaster, converters and interceptors do not reach
 * in.
 * <p>
 * Where there can be no tokens the application starts nevertheless, with one line that
 * says why; then a token is neither good nor bad, which is 503.
 */
final class LatchkeyCore implements SmartLifecycle, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(LatchkeyCore.class);

	/** As in the server, whose accounts they are about, too. */
	private static final Scope SEE_ALL = new Scope("users:read", "See everybody's tokens", Role.ADMIN);

	private static final Scope END_ALL = new Scope("users:write", "Suspend and revoke everybody's tokens", Role.ADMIN,
			true);

	private final @Nullable AnnotationConfigApplicationContext context;

	private final @Nullable OwnerMirror owners;

	private final TransactionTemplate joining;

	private final String whyNot;

	/** What was asked for once: a context looks through its beans each time. */
	private final Map<Class<?>, Object> parts = new ConcurrentHashMap<>();

	private LatchkeyCore(@Nullable AnnotationConfigApplicationContext context, @Nullable OwnerMirror owners,
			PlatformTransactionManager transactions, String whyNot) {
		this.context = context;
		this.owners = owners;
		this.joining = new TransactionTemplate(transactions);
		this.joining.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
		this.whyNot = whyNot;
	}

	/**
	 * Starts it.
	 * @throws dev.latchkey.startup.StartupFailure if the tables are not as they must be
	 */
	static LatchkeyCore start(Host host) {
		try {
			if (!SchemaMigrator.isPostgres(host.database())) {
				return off(host, "the application's database is no PostgreSQL");
			}
			if (host.owners() == null) {
				return off(host, "nobody says whose tokens they would be: make a bean of type TokenOwners, or set"
						+ " latchkey.owners.username-is-id=true if no user name is ever given to somebody else");
			}
			SchemaMigrator schema = new SchemaMigrator(host.properties().schema().initialize());
			schema.run(host.database());
			try {
				return start(host, host.owners());
			}
			catch (BeansException ex) {
				throw schema.explained(ex);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The database of the tokens cannot be used: SQLSTATE " + ex.getSQLState(),
					ex);
		}
	}

	private static LatchkeyCore off(Host host, String reason) {
		log.warn("Latchkey is off: {}. Whoever presents a token is answered 503.", reason);
		return new LatchkeyCore(null, null, host.transactions(), reason);
	}

	private static LatchkeyCore start(Host host, TokenOwners users) throws SQLException {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.setId("latchkey");
		context.setDisplayName("Latchkey");
		context.setClassLoader(host.classLoader());
		DataSource database = new QualifiedDataSource(host.database());
		JdbcTemplate jdbc = new JdbcTemplate(database);
		JdbcConnectionDetails details = PoolDetails.of(host.database(), host.details());
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((own) -> environment.getPropertySources().remove(own.getName()));
		host.environment().getPropertySources().forEach(environment.getPropertySources()::addLast);
		if (details == null) {
			log.warn("Latchkey cannot hear of changes, since it does not know how to connect: each request asks the"
					+ " database. A pool of HikariCP, or a bean of type JdbcConnectionDetails, would say it.");
			environment.getPropertySources()
				.addFirst(new MapPropertySource("latchkey", Map.of("latchkey.cache.enabled", "false")));
		}
		context.setEnvironment(environment);
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		beans.registerSingleton("dataSource", database);
		beans.registerSingleton("jdbcTemplate", jdbc);
		beans.registerSingleton("jdbcClient", JdbcClient.create(jdbc));
		beans.registerSingleton("transactionManager", host.transactions());
		beans.registerSingleton("transactionTemplate", new TransactionTemplate(host.transactions()));
		beans.registerSingleton("jdbcConnectionDetails", (details != null) ? details : new NoDetails());
		host.scopes().forEach((scope) -> beans.registerSingleton("scope " + scope.name(), scope));
		context.register(EngineConfiguration.class);
		context.registerBean(ActivityTeller.class,
				() -> new ActivityTeller(host.events(), jdbc, context.getBean(Clock.class)));
		context.refresh();
		OwnerMirror owners = new OwnerMirror(jdbc, context.getBean(Beliefs.class), users,
				host.properties().owners().maxStaleness(), host.rights(), context.getBean(Clock.class));
		return new LatchkeyCore(context, owners, host.transactions(), "");
	}

	boolean isOn() {
		return this.context != null;
	}

	/**
	 * Returns whether a transaction of the database of the tokens is open here, so that
	 * what is written now stands or falls with it. That a connection of it is bound says
	 * nothing: within a transaction of another one it is bound by whoever has read.
	 */
	boolean isInTransaction() {
		return Boolean.TRUE.equals(this.joining.execute(TransactionExecution::hasTransaction));
	}

	/**
	 * Returns what a proxy stands for that managers of transactions look through.
	 */
	static DataSource bare(DataSource database) {
		DataSource target = (database instanceof TransactionAwareDataSourceProxy proxy) ? proxy.getTargetDataSource()
				: null;
		return (target != null) ? target : database;
	}

	/**
	 * Returns a part of what is within.
	 * @throws IllegalStateException if there can be no tokens
	 */
	<T> T part(Class<T> type) {
		if (this.context == null) {
			throw new IllegalStateException("Latchkey is off: " + this.whyNot);
		}
		Object known = this.parts.get(type);
		return type.cast((known != null) ? known : this.parts.computeIfAbsent(type, this.context::getBean));
	}

	OwnerMirror owners() {
		if (this.owners == null) {
			throw new IllegalStateException("Latchkey is off: " + this.whyNot);
		}
		return this.owners;
	}

	/** What is within, as the parent of another context. */
	@Nullable ApplicationContext context() {
		return this.context;
	}

	/** Tells the audit, and by it the application, of what was done, or refused. */
	void tell(AuditedAct act) {
		if (this.context != null) {
			this.context.publishEvent(act);
		}
	}

	ScopeCatalogue catalogue() {
		return part(ScopeCatalogue.class);
	}

	/** After a stop: it has begun with the context within. */
	@Override
	public void start() {
		if (this.context != null) {
			part(Hearing.class).begin();
		}
	}

	/**
	 * Before the application waits for the requests that are under way: a stream of
	 * changes is one, and whoever follows goes to another node.
	 */
	@Override
	public void stop() {
		if (this.context != null) {
			part(Hearing.class).end();
		}
	}

	@Override
	public boolean isRunning() {
		return this.context != null && part(Hearing.class).isBegun();
	}

	@Override
	public void destroy() {
		if (this.context != null) {
			this.context.close();
		}
	}

	/**
	 * What the application gives.
	 *
	 * @param database where tokens are kept
	 * @param transactions those of that database
	 * @param owners who knows its users, or null
	 * @param details how Spring Boot connects to a database, or null
	 * @param rights what its authorities come to, and the scopes that it declares
	 * @param properties what the settings say
	 * @param events hears what happens to tokens
	 * @param environment where all settings stand
	 * @param classLoader that of the application
	 */
	record Host(DataSource database, PlatformTransactionManager transactions, @Nullable TokenOwners owners,
			@Nullable JdbcConnectionDetails details, HostRights rights, EmbeddedProperties properties,
			ApplicationEventPublisher events, ConfigurableEnvironment environment, @Nullable ClassLoader classLoader) {

		/**
		 * Returns the scopes that the application declares, and those of routes that it
		 * wants.
		 * @throws StartupFailure if one is both
		 */
		List<Scope> scopes() {
			List<Scope> all = new ArrayList<>(this.rights.declared());
			if (this.properties.routes().administration()) {
				for (Scope scope : List.of(SEE_ALL, END_ALL)) {
					if (all.stream().anyMatch((declared) -> declared.name().equals(scope.name()))) {
						throw new StartupFailure("The application declares the scope '%s', which"
							.formatted(scope.name())
								+ " latchkey.routes.administration has open everybody's tokens: give it another name.");
					}
					all.add(scope);
				}
			}
			return all;
		}

	}

	/** Where nothing is listened for, nobody asks. */
	private static final class NoDetails implements JdbcConnectionDetails {

		@Override
		public @Nullable String getUsername() {
			return null;
		}

		@Override
		public @Nullable String getPassword() {
			return null;
		}

		@Override
		public String getJdbcUrl() {
			throw new IllegalStateException("It is not known how to connect");
		}

	}

}
