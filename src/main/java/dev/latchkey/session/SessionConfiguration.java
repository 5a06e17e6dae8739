package dev.latchkey.session;

import java.time.Clock;

import dev.latchkey.problem.ServicePaths;
import dev.latchkey.security.ApiTokenAuthenticationConverter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.Session;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps web sessions in the database: they survive a restart and hold on every node. Only
 * a sign-in makes one. A request that does not ask for its session sends no query.
 */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
@EnableConfigurationProperties(SessionProperties.class)
class SessionConfiguration {

	static final String TABLE = "web_session";

	@Bean
	SessionIds sessionIds() {
		return new SessionIds();
	}

	@Bean
	JdbcIndexedSessionRepository sessionStore(JdbcTemplate jdbc, PlatformTransactionManager transactions,
			SessionIds ids, SessionProperties properties) {
		TransactionTemplate ownTransaction = new TransactionTemplate(transactions);
		ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		JdbcIndexedSessionRepository store = new JdbcIndexedSessionRepository(jdbc, ownTransaction);
		store.setTableName(TABLE);
		new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(store);
		store.setDefaultMaxInactiveInterval(properties.idleTimeout());
		store.setSessionIdGenerator(ids);
		store.setConversionService(SessionAttributes.conversion());
		store.setCleanupCron(Scheduled.CRON_DISABLED);
		return store;
	}

	@Bean
	@Primary
	DigestedSessions<? extends Session> sessions(JdbcIndexedSessionRepository store, SessionIds ids,
			SessionProperties properties, Clock clock) {
		return new DigestedSessions<>(store, ids, properties.maxLifetime(), clock);
	}

	@Bean
	CookieSerializer sessionCookie() {
		return new SessionCookie();
	}

	/**
	 * Of no use to a request of the API that bears a header: it alone decides; nor to
	 * those that services send. An error page has no session, neither one of these, which
	 * may be what has failed, nor one of the container's.
	 */
	@Bean
	FilterRegistrationBean<Filter> sessionFilter(SessionRepositoryFilter<?> filter, DigestedSessions<?> sessions,
			ApiTokenAuthenticationConverter converter, ServicePaths services) {
		FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
			if (request.getDispatcherType() == DispatcherType.ERROR) {
				chain.doFilter(new WithoutSession((HttpServletRequest) request), response);
			}
			else if (converter.isPresentForApi((HttpServletRequest) request)
					|| services.contain(((HttpServletRequest) request).getRequestURI())) {
				chain.doFilter(request, response);
			}
			else {
				sessions.begin();
				filter.doFilter(request, response, noting(sessions, chain));
			}
		});
		registration.setName("sessionFilter");
		registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		return registration;
	}

	/** What has failed behind the filter, it is told before it saves the session. */
	private static FilterChain noting(DigestedSessions<?> sessions, FilterChain chain) {
		return (request, response) -> {
			try {
				chain.doFilter(request, response);
			}
			catch (RuntimeException | ServletException ex) {
				sessions.note(ex);
				throw ex;
			}
		};
	}

	/** It works behind the one above. */
	@Bean
	FilterRegistrationBean<SessionRepositoryFilter<?>> plainSessionFilter(SessionRepositoryFilter<?> filter) {
		FilterRegistrationBean<SessionRepositoryFilter<?>> registration = new FilterRegistrationBean<>(filter);
		registration.setEnabled(false);
		return registration;
	}

	/** A request that has no session, whatever its cookie says. */
	private static final class WithoutSession extends HttpServletRequestWrapper {

		private WithoutSession(HttpServletRequest request) {
			super(request);
		}

		@Override
		public @Nullable HttpSession getSession(boolean create) {
			if (create) {
				throw new IllegalStateException("An error page has no session");
			}
			return null;
		}

		@Override
		public HttpSession getSession() {
			throw new IllegalStateException("An error page has no session");
		}

	}

}
