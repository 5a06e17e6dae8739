package host;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.latchkey.embedded.OwnerChanged;
import dev.latchkey.embedded.TokenOwner;
import dev.latchkey.embedded.TokenOwners;
import dev.latchkey.scope.RequiresScope;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.rest.core.annotation.RepositoryRestResource;
import org.springframework.data.rest.core.config.RepositoryRestConfiguration;
import org.springframework.data.rest.webmvc.config.RepositoryRestConfigurer;
import org.springframework.data.rest.webmvc.config.RepositoryRestMvcConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.CorsRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Applications with what others make beside it: JPA, Data REST, Flyway, Liquibase,
 * ShedLock, Gson.
 */
class NeighboursTests {

	private static final String BASIC = "Basic YW5uYTpzZWNyZXQ=";

	@Test
	void entitiesOfTheApplicationAreFoundAndNoneOfLatchkeys() {
		try (Running shop = persistent()) {
			assertThat(shop.context().getBeansOfType(EntityManagerFactory.class)).hasSize(1);
			assertThat(shop.bean(EntityManagerFactory.class).getMetamodel().getEntities())
				.extracting((entity) -> entity.getJavaType().getSimpleName())
				.containsExactly("Customer");
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			shop.tokens().revoke(token);
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void whatIsDoneInATransactionOfJpasStandsOrFallsWithIt() {
		try (Running shop = persistent()) {
			shop.bean(Customers.class).save(new Customer("1", true));
			TransactionTemplate transaction = new TransactionTemplate(shop.bean(PlatformTransactionManager.class));
			String[] made = new String[1];
			transaction.executeWithoutResult((status) -> {
				made[0] = shop.token("anna", "invoices:read");
				status.setRollbackOnly();
			});
			assertThat(shop.get("/api/invoices", made[0]).statusCode()).isEqualTo(401);
			transaction.executeWithoutResult((status) -> made[0] = shop.token("anna", "invoices:read"));
			assertThat(shop.get("/api/invoices", made[0]).statusCode()).isEqualTo(200);
			transaction.executeWithoutResult((status) -> {
				shop.context().publishEvent(OwnerChanged.deleted("anna"));
				status.setRollbackOnly();
			});
			assertThat(shop.get("/api/invoices", made[0]).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void ownersAreRowsOfTheApplicationsAndAreAskedAnewWithTheCommit() {
		try (Running shop = Running.start(List.of(Shop.class, Persistent.class, OfCustomers.class), Running.EVERYTHING,
				"spring.jpa.hibernate.ddl-auto=create")) {
			shop.bean(Customers.class).save(new Customer("7", true));
			String token = shop.token("7", "invoices:read");
			assertThat(shop.get("/api/me", token).statusCode()).isEqualTo(200);
			TransactionTemplate transaction = new TransactionTemplate(shop.bean(PlatformTransactionManager.class));
			transaction.executeWithoutResult((status) -> {
				shop.context().publishEvent(OwnerChanged.of("7"));
				// Still as before for everybody else, and asked meanwhile.
				assertThat(shop.get("/api/me", token).statusCode()).isEqualTo(200);
				shop.bean(Customers.class).findById("7").orElseThrow().enabled = false;
			});
			assertThat(shop.get("/api/me", token).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void aRepositoryThatDataRestPublishesIsOpenToNoToken() {
		try (Running shop = persistent()) {
			shop.bean(Customers.class).save(new Customer("1", true));
			assertThat(shop.send(shop.request("/api/customers").header("Authorization", BASIC)).statusCode())
				.isEqualTo(200);
			assertThat(shop.get("/api/customers", shop.token("root", "*")).statusCode()).isEqualTo(403);
			assertThat(shop.get("/api/customers/1", shop.token("root", "*")).statusCode()).isEqualTo(403);
			assertThat(shop.get("/api/customers").statusCode()).isEqualTo(401);
		}
	}

	/** Its mapping does not say where its repositories are. */
	@Test
	void aRepositoryThatDataRestPublishesIsNotHiddenInSilence() {
		assertThatException()
			.isThrownBy(
					() -> Running
						.start(List.of(Shop.class, Persistent.class, PublishingAmongTokens.class), Running.EVERYTHING,
								"spring.jpa.hibernate.ddl-auto=create")
						.close())
			.withMessageContaining("/api/tokens/customers")
			.withMessageContaining("latchkey.routes.prefix");
	}

	/** The application's migration fails where they are there before it. */
	@Test
	void tablesAreMadeAfterFlywayAndNotByIt() {
		try (Running shop = Running.start(List.of(Shop.class), Running.MIGRATIONS, "spring.flyway.enabled=true",
				"spring.flyway.locations=classpath:/shop/migration")) {
			assertThat(shop.get("/api/invoices", shop.token("anna", "invoices:read")).statusCode()).isEqualTo(200);
			JdbcTemplate jdbc = shop.bean(JdbcTemplate.class);
			assertThat(jdbc.queryForList("select script from flyway_schema_history", String.class))
				.containsExactly("V1__goods.sql");
			assertThat(jdbc.queryForObject("select count(*) from goods", Long.class)).isOne();
		}
	}

	/** Likewise. */
	@Test
	void tablesAreMadeAfterLiquibaseAndNotByIt() {
		try (Running shop = Running.start(List.of(Shop.class), Running.MIGRATIONS, "spring.liquibase.enabled=true",
				"spring.liquibase.change-log=classpath:/shop/changelog.sql")) {
			assertThat(shop.get("/api/invoices", shop.token("anna", "invoices:read")).statusCode()).isEqualTo(200);
			JdbcTemplate jdbc = shop.bean(JdbcTemplate.class);
			assertThat(jdbc.queryForList("select id from databasechangelog", String.class)).containsExactly("1");
			assertThat(jdbc.queryForObject("select count(*) from goods", Long.class)).isOne();
		}
	}

	@Test
	void locksOfTheApplicationsOwnAreForItsOwnJobs() {
		try (Running shop = Running.start(List.of(Shop.class, Locking.class))) {
			Job job = shop.bean(Job.class);
			job.run();
			job.run();
			assertThat(job.runs()).isOne();
			assertThat(shop.get("/api/invoices", shop.token("anna", "invoices:read")).statusCode()).isEqualTo(200);
			assertThat(shop.bean(JdbcTemplate.class).queryForList("select name from public.shedlock", String.class))
				.containsExactly("of the shop");
		}
	}

	@Test
	void whatLiesDormantInTheApplicationIsNotWoken() {
		try (Running shop = Running.start(List.of(Shop.class, Dormant.class))) {
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			assertThat(shop.bean(Dormant.class).forbidden()).isTrue();
			assertThat(shop.context().getBeanDefinitionNames())
				.noneMatch((name) -> name.contains("ScheduledAnnotation") || name.toLowerCase().contains("resilien"));
		}
	}

	@Test
	void anotherMapperOfJsonChangesNoRefusalAndIsNotChanged() {
		try (Running shop = Running.start(List.of(Shop.class, OfGson.class),
				"spring.http.converters.preferred-json-mapper=gson")) {
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/me", token).body()).isEqualTo("{\n  \"me\": true\n}");
			assertThat(shop.get("/api/undecided", token).body()).startsWith("{\"type\":").contains("\"status\":403");
		}
	}

	@Test
	void settingsInAPropertiesFileAreEnough() {
		try (Running shop = Running.start(List.of(Plain.class), "spring.config.location=classpath:/shop/")) {
			String token = shop.token("anna", "invoices:read");
			assertThat(token).startsWith("shopp_");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			assertThat(shop.get("/api/delete", token).statusCode()).isEqualTo(403);
			assertThat(shop.get("/api/delete", shop.token("anna", "invoices:delete")).statusCode()).isEqualTo(403);
			assertThat(shop.get("/api/delete", shop.token("root", "invoices:delete")).statusCode()).isEqualTo(200);
		}
	}

	private static Running persistent() {
		return Running.start(List.of(Shop.class, Persistent.class, Publishing.class), Running.EVERYTHING,
				"spring.jpa.hibernate.ddl-auto=create");
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Customer.class)
	@EnableJpaRepositories(considerNestedRepositories = true)
	static class Persistent {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(RepositoryRestMvcConfiguration.class)
	static class Publishing implements RepositoryRestConfigurer {

		@Override
		public void configureRepositoryRestConfiguration(RepositoryRestConfiguration published, CorsRegistry cors) {
			published.setBasePath("/api");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(RepositoryRestMvcConfiguration.class)
	static class PublishingAmongTokens implements RepositoryRestConfigurer {

		@Override
		public void configureRepositoryRestConfiguration(RepositoryRestConfiguration published, CorsRegistry cors) {
			published.setBasePath("/api/tokens");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfGson {

		@Bean
		Gson gson() {
			return new GsonBuilder().setPrettyPrinting().create();
		}

	}

	@Entity(name = "Customer")
	static class Customer {

		@Id
		private String id = "";

		private boolean enabled;

		protected Customer() {
		}

		Customer(String id, boolean enabled) {
			this.id = id;
			this.enabled = enabled;
		}

		String getId() {
			return this.id;
		}

		boolean isEnabled() {
			return this.enabled;
		}

	}

	@RepositoryRestResource
	interface Customers extends JpaRepository<Customer, String> {

	}

	@Configuration(proxyBeanMethods = false)
	static class OfCustomers {

		@Bean
		TokenOwners owners(Customers customers) {
			return (id) -> customers.findById(id)
				.map((customer) -> new TokenOwner(id, id, id, customer.isEnabled(), Set.of(), id));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	@EnableSchedulerLock(defaultLockAtMostFor = "1m")
	static class Locking {

		@Bean
		LockProvider locks(JdbcTemplate jdbc) {
			jdbc.execute("create table shedlock (name varchar(64) primary key, lock_until timestamp not null,"
					+ " locked_at timestamp not null, locked_by varchar(255) not null)");
			return new JdbcTemplateLockProvider(jdbc);
		}

		@Bean
		Job job() {
			return new Job();
		}

	}

	static class Job {

		private volatile int runs;

		@Scheduled(cron = "-")
		@SchedulerLock(name = "of the shop", lockAtLeastFor = "1m")
		void run() {
			this.runs++;
		}

		int runs() {
			return this.runs;
		}

	}

	/** What its annotations ask for, nobody has switched on. */
	static class Dormant {

		@PreAuthorize("denyAll()")
		boolean forbidden() {
			return true;
		}

		@Scheduled(fixedDelay = 1)
		void never() {
			throw new IllegalStateException("Nobody has asked for this");
		}

	}

	/** Its scopes are in its settings. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(PlainRoutes.class)
	static class Plain {

		@Bean
		Shop.Users users() {
			return new Shop.Users();
		}

	}

	@RestController
	static class PlainRoutes {

		@RequiresScope("invoices:read")
		@GetMapping("/api/invoices")
		Object list() {
			return Map.of("listed", true);
		}

		@RequiresScope("invoices:delete")
		@GetMapping("/api/delete")
		Object delete() {
			return Map.of("deleted", true);
		}

	}

}
