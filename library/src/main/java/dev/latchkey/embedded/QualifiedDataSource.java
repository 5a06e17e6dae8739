package dev.latchkey.embedded;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * The application's database as Latchkey's statements see it: the names of its tables and
 * functions lead to the schema {@code latchkey}, whatever the connection's
 * {@code search_path} is, which is the application's. Within one of its transactions the
 * connection is that transaction's; outside each statement is committed, also where the
 * application's pool gives connections that commit nothing by themselves.
 */
class QualifiedDataSource extends TransactionAwareDataSourceProxy {

	/** As they stand in statements: a whole word, no part of a name or a text. */
	private static final Pattern NAMES = Pattern.compile("(?<![\\w.'\"])(api_token|token_owner|token_use|"
			+ "token_scope_use|token_pepper|token_node|audit_event|pruning|sent_form|"
			+ "hold_account|take_account)\\b(?!')");

	private static final Set<String> TAKING_SQL = Set.of("prepareStatement", "prepareCall", "nativeSQL", "execute",
			"executeQuery", "executeUpdate", "executeLargeUpdate", "addBatch");

	private final Map<String, String> qualified = new ConcurrentHashMap<>();

	/** What transactions are bound to is what a proxy that knows of them stands for. */
	QualifiedDataSource(DataSource application) {
		super(LatchkeyCore.bare(application));
	}

	@Override
	public Connection getConnection() throws SQLException {
		boolean bound = TransactionSynchronizationManager.hasResource(obtainTargetDataSource());
		Connection given = super.getConnection();
		QualifiedConnection connection = new QualifiedConnection(given);
		if (!bound) {
			try {
				connection.commitEachStatement();
			}
			catch (SQLException ex) {
				given.close();
				throw ex;
			}
		}
		return (Connection) Proxy.newProxyInstance(ClassUtils.getDefaultClassLoader(),
				new Class<?>[] { Connection.class }, connection::invoke);
	}

	String qualify(String sql) {
		return this.qualified.computeIfAbsent(sql, (plain) -> NAMES.matcher(plain).replaceAll("latchkey.$1"));
	}

	private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql
					&& TAKING_SQL.contains(method.getName())) {
				Object[] changed = arguments.clone();
				changed[0] = qualify(sql);
				return method.invoke(target, changed);
			}
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/** A connection that is given back as it was. */
	private final class QualifiedConnection {

		private final Connection connection;

		private @Nullable Integer networkTimeout;

		private boolean committing;

		QualifiedConnection(Connection connection) {
			this.connection = connection;
		}

		void commitEachStatement() throws SQLException {
			if (!this.connection.getAutoCommit()) {
				this.connection.setAutoCommit(true);
				// Else it stays with this thread, and the pool has to make it as it was.
				this.committing = !TransactionSynchronizationManager.isSynchronizationActive();
			}
		}

		@Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
			switch (method.getName()) {
				case "equals" -> {
					return arguments != null && proxy == arguments[0];
				}
				case "hashCode" -> {
					return System.identityHashCode(proxy);
				}
				case "setNetworkTimeout" -> {
					if (this.networkTimeout == null) {
						this.networkTimeout = this.connection.getNetworkTimeout();
					}
				}
				case "close" -> {
					try {
						restore();
					}
					finally {
						// A pool must get back what is broken, too.
						this.connection.close();
					}
					return null;
				}
				default -> {
					// Nothing but the statement's text is changed.
				}
			}
			Object result = call(this.connection, method, arguments);
			return (result instanceof Statement statement && !(result instanceof PreparedStatement))
					? Proxy.newProxyInstance(ClassUtils.getDefaultClassLoader(), new Class<?>[] { Statement.class },
							(self, called, with) -> call(statement, called, with))
					: result;
		}

		private void restore() throws SQLException {
			if (this.committing && !this.connection.isClosed()) {
				this.connection.setAutoCommit(false);
			}
			if (this.networkTimeout != null && !this.connection.isClosed()) {
				Executor atOnce = Runnable::run;
				this.connection.setNetworkTimeout(atOnce, this.networkTimeout);
			}
		}

	}

}
